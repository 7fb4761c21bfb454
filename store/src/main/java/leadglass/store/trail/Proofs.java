package leadglass.store.trail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Proofs of RFC 9162 §2.1.3 and §2.1.4: made from complete subtrees, and checked. Confined to one
/// thread.
public final class Proofs {
  private final TreeHash hash = new TreeHash();
  private final Subtrees subtrees;

  /// Knows roots of complete subtrees.
  interface Subtrees {
    /// @param index of the subtree of 2^`level` entries
    byte[] root(TreeHash hash, int level, long index) throws IOException;
  }

  Proofs(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /// Root of the entries from one number to before another; the first is a multiple of the largest
  /// power of two that fits in between.
  byte[] root(long from, long to) throws IOException {
    if (from == to) {
      return hash.of(new byte[0]);
    }
    List<byte[]> parts = new ArrayList<>();
    for (long at = from; at < to; ) {
      int level = 63 - Long.numberOfLeadingZeros(to - at);
      parts.add(subtrees.root(hash, level, at >> level));
      at += 1L << level;
    }
    byte[] root = parts.removeLast();
    while (!parts.isEmpty()) {
      root = hash.node(parts.removeLast(), root);
    }
    return root;
  }

  /// The largest power of two below a number over 1.
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }

  /// What shows that an entry is in a tree.
  List<byte[]> inclusion(long number, long size) throws IOException {
    List<byte[]> proof = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      boolean left = number < middle;
      proof.add(left ? root(middle, to) : root(from, middle));
      from = left ? from : middle;
      to = left ? middle : to;
    }
    Collections.reverse(proof);
    return proof;
  }

  /// What shows that a tree is the beginning of a larger one.
  List<byte[]> consistency(long old, long size) throws IOException {
    List<byte[]> proof = new ArrayList<>();
    if (old == 0 || old == size) {
      return proof;
    }
    long from = 0;
    long to = size;
    while (old != to) {
      long middle = from + split(to - from);
      boolean left = old <= middle;
      proof.add(left ? root(middle, to) : root(from, middle));
      from = left ? from : middle;
      to = left ? middle : to;
    }
    if (from > 0) {
      proof.add(root(from, to));
    }
    Collections.reverse(proof);
    return proof;
  }

  /// Whether a proof shows that a leaf is an entry of a tree (RFC 9162 §2.1.3.2).
  public static boolean included(
      byte[] leaf, long number, long size, byte[] root, List<byte[]> proof) {
    if (number < 0 || number >= size) {
      return false;
    }
    TreeHash hash = new TreeHash();
    long at = number;
    long last = size - 1;
    byte[] found = leaf;
    for (byte[] each : proof) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        found = hash.node(each, found);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        found = hash.node(found, each);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(found, root);
  }

  /// Whether a proof shows that a tree is the beginning of another (RFC 9162 §2.1.4.2).
  public static boolean consistent(
      long old, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
    if (old < 0 || old > size) {
      return false;
    }
    if (old == 0 || old == size) {
      boolean same = old == 0 || Arrays.equals(oldRoot, root);
      return proof.isEmpty() && same;
    }
    List<byte[]> path = new ArrayList<>(proof);
    if (Long.bitCount(old) == 1) {
      path.addFirst(oldRoot);
    }
    if (path.isEmpty()) {
      return false;
    }
    TreeHash hash = new TreeHash();
    long at = old - 1;
    long last = size - 1;
    while ((at & 1) == 1) {
      at >>= 1;
      last >>= 1;
    }
    byte[] first = path.getFirst();
    byte[] second = first;
    for (byte[] each : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        first = hash.node(each, first);
        second = hash.node(each, second);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        second = hash.node(second, each);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(first, oldRoot) && Arrays.equals(second, root);
  }
}
