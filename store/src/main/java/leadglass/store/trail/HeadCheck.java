package leadglass.store.trail;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import org.jspecify.annotations.Nullable;

/// Makes the tree anew from the packs and compares every head with it. Each head holds the hash of
/// the one before it, signature and all, so that the last one vouches for every other. Confined to
/// one thread.
final class HeadCheck implements PackLog.BatchVisitor {

  /// So many signatures are checked one by one; of more the first, the last and some between.
  private static final int EVERY_UP_TO = 2000;

  private static final int ONE_OF = 1000;

  private final Findings findings;
  private final Optional<Vkey> key;
  private final Told told;
  private final TreeHash hash = new TreeHash();
  private final Frontier tree = new Frontier();
  private byte[] previous = new byte[TreeHash.BYTES];
  private long heads;
  private long older = -1;
  private long differing;
  private long upToMillis;
  private @Nullable Head last;
  private Position lastAt = new Position("", 0);
  private Position unheaded = new Position("", 0);
  private long unheadedFrom = -1;

  /// Told of the tree as it grows.
  interface Told {
    /// @param leaf of the entry that was just added
    void grown(Frontier tree, byte[] leaf) throws IOException;
  }

  HeadCheck(Findings findings, Optional<Vkey> key, Told told) {
    this.findings = findings;
    this.key = key;
    this.told = told;
  }

  Frontier tree() {
    return tree;
  }

  long heads() {
    return heads;
  }

  /// When the last head was signed of those that fit.
  long upToMillis() {
    return upToMillis;
  }

  /// Entries from before the first head.
  long older() {
    return Math.max(0, older);
  }

  @Override
  public boolean batch(List<Placed> frames, Position end) throws IOException {
    long first = tree.size();
    Position at = frames.getFirst().at();
    boolean headed = false;
    for (Placed each : frames) {
      if (each.frame().kind() == Frame.Kind.AUDIT) {
        byte[] leaf = hash.leaf(each.frame().record(), each.payload());
        tree.add(hash, leaf);
        told.grown(tree, leaf);
        headed = false;
      } else {
        headed = true;
        head(each, first, at);
      }
    }
    if (!headed && unheadedFrom < 0) {
      unheadedFrom = first;
      unheaded = at;
    }
    return true;
  }

  private void head(Placed placed, long first, Position at) {
    Optional<Head> decoded = Head.decode(placed.payload());
    if (decoded.isEmpty()) {
      findings.problem("a signed head can't be read", first, placed.at());
      return;
    }
    Head head = decoded.get();
    if (heads == 0) {
      older = first;
    } else if (unheadedFrom >= 0) {
      findings.problem("entries without a signed head", unheadedFrom, unheaded);
    }
    unheadedFrom = -1;
    heads++;
    if (head.size() != tree.size() || !Arrays.equals(head.root(), tree.root(hash))) {
      if (differing++ == 0) {
        findings.problem(differs(head), Math.min(first, head.size()), at);
      }
    } else {
      upToMillis = head.millis();
    }
    if (!Arrays.equals(head.previous(), previous)) {
      findings.problem("the head before this one was altered or taken out", first, placed.at());
      signature(); // of the one before
    }
    last = head;
    lastAt = placed.at();
    if (heads <= EVERY_UP_TO || heads % ONE_OF == 0) {
      signature();
    }
    previous = hash.of(placed.payload());
  }

  private String differs(Head head) {
    return head.size() == tree.size()
        ? "an entry here, or before if none was reported, is not the one that was signed"
        : "the head signed with this batch tells of "
            + head.size()
            + " entries, there are "
            + tree.size();
  }

  private void signature() {
    Head head = last;
    if (head != null && key.isPresent() && !key.get().verifies(head.message(), head.signature())) {
      findings.problem("the signature of a head is wrong", head.size(), lastAt);
      last = null; // told once
    }
  }

  /// Tells what can be told in the end only.
  void finish() {
    if (heads > EVERY_UP_TO && heads % ONE_OF != 0) {
      signature();
    }
    if (differing > 1) {
      findings.note((differing - 1) + " later heads differ too, as they must then");
    }
    if (heads > 0 && unheadedFrom >= 0) {
      findings.problem("entries without a signed head", unheadedFrom, unheaded);
    }
    if (heads == 0) {
      older = tree.size();
    }
  }

  @Override
  public void damaged(Position at) {
    findings.problem("the pack can't be read here", tree.size(), at);
  }
}
