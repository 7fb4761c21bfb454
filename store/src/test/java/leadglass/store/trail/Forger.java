package leadglass.store.trail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Somebody who has the signing keys, and makes every head and checkpoint anew so that they fit.
public final class Forger {
  private static final int KIND_AT = 4;
  private static final int AUDIT = 4;
  private static final int HEAD = 8;

  private final TrailKeys keys;
  private final TreeHash hash = new TreeHash();
  private final Frontier tree = new Frontier();
  private byte[] previous = new byte[TreeHash.BYTES];

  public Forger(TrailKeys keys) {
    this.keys = keys;
  }

  /// Frames of one pack, header and payload each, with heads that fit.
  public List<byte[]> sign(List<byte[]> frames) {
    List<byte[]> signed = new ArrayList<>();
    for (byte[] frame : frames) {
      if (frame[KIND_AT] == AUDIT) {
        tree.add(hash, hash.leaf(ByteBuffer.wrap(frame)));
        signed.add(frame);
      } else if (frame[KIND_AT] == HEAD) {
        Head head = keys.head(tree.size(), 1_790_000_000_000L, tree.root(hash), previous);
        previous = hash.of(head.payload());
        ByteBuffer bytes = head.frame();
        byte[] made = new byte[bytes.remaining()];
        bytes.get(made);
        signed.add(made);
      } else {
        signed.add(frame);
      }
    }
    return signed;
  }

  /// A checkpoint over all of it.
  public String checkpoint() {
    return keys.note(tree.size(), tree.root(hash), 1_790_000_000_000L);
  }
}
