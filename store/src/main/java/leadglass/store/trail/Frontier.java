package leadglass.store.trail;

import java.util.ArrayList;
import java.util.List;

/// A tree as far as more of it can be made: the roots of its largest complete subtrees, the largest
/// first. Confined to one thread.
public final class Frontier {
  private final List<byte[]> subtrees;
  private long size;

  public Frontier() {
    this(0, List.of());
  }

  /// @param subtrees as many as `size` has bits set
  Frontier(long size, List<byte[]> subtrees) {
    if (Long.bitCount(size) != subtrees.size()) {
      throw new IllegalArgumentException("not the subtrees of a tree of that size");
    }
    this.size = size;
    this.subtrees = new ArrayList<>(subtrees);
  }

  public long size() {
    return size;
  }

  Frontier copy() {
    return new Frontier(size, subtrees);
  }

  public void add(TreeHash hash, byte[] leaf) {
    byte[] last = leaf;
    for (long bit = 1; (size & bit) != 0; bit <<= 1) {
      last = hash.node(subtrees.removeLast(), last);
    }
    subtrees.add(last);
    size++;
  }

  public byte[] root(TreeHash hash) {
    if (subtrees.isEmpty()) {
      return hash.of(new byte[0]);
    }
    byte[] root = subtrees.getLast();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      root = hash.node(subtrees.get(i), root);
    }
    return root;
  }
}
