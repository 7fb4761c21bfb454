package leadglass.store.trail;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.PackLog.Start;
import org.jspecify.annotations.Nullable;

/// Reads what the packs have behind a state of the tree, and compares each head with what the tree
/// is by then. Confined to one thread.
final class Replay implements PackLog.BatchVisitor {
  private static final Set<Frame.Kind> WANTED = EnumSet.of(Frame.Kind.AUDIT, Frame.Kind.HEAD);

  private final TreeHash hash = new TreeHash();
  private final Frontier tree;
  private final OpenTiles tiles;
  private final long known;
  private long number;
  private byte[] previous;
  private long packFirst;
  private Start end;
  private long disagrees = -1;
  private @Nullable Head last;

  Replay(State from, Frontier tree, OpenTiles tiles) {
    this.tree = tree;
    this.tiles = tiles;
    this.known = from.size();
    this.number = from.size();
    this.previous = from.head();
    this.packFirst = from.packFirst();
    this.end = from.end();
  }

  void run(PackLog log) throws IOException {
    log.replay(end, WANTED, this);
  }

  /// Where the tree is now.
  State state() {
    return new State(tree.size(), tree.root(hash), previous, packFirst, end);
  }

  Frontier tree() {
    return tree;
  }

  /// The last head read now.
  Optional<Head> last() {
    return Optional.ofNullable(last);
  }

  /// Number of the first entry of a batch of which its head says something else; -1 if none does.
  long disagrees() {
    return disagrees;
  }

  @Override
  public void begins(String pack, long at, long offset) {
    boolean goesOn = pack.equals(end.pack()) && offset == end.offset();
    if (!goesOn) {
      // The pack of the state was written anew: what is in it is known, as far as it was.
      number = at == end.number() ? packFirst : tree.size();
      packFirst = number;
    }
    end = new Start(at, pack, offset);
  }

  @Override
  public boolean batch(List<Placed> frames, Position behind) throws IOException {
    long first = number;
    boolean headed = false;
    for (Placed each : frames) {
      if (each.frame().kind() == Frame.Kind.AUDIT) {
        if (number++ >= known) {
          byte[] leaf = hash.leaf(each.frame().record(), each.payload());
          tree.add(hash, leaf);
          tiles.add(leaf, 1);
        }
        headed = false;
      } else {
        headed = true;
        if (number > known) {
          head(each.payload(), first);
        }
      }
    }
    boolean begun = !Arrays.equals(previous, new byte[TreeHash.BYTES]);
    if (begun && !headed && number > known) {
      disagree(first);
    }
    end = new Start(end.number(), behind.pack(), behind.offset());
    return true;
  }

  private void head(byte[] payload, long first) {
    Optional<Head> head = Head.decode(payload);
    boolean fits =
        head.isPresent()
            && head.get().size() == tree.size()
            && Arrays.equals(head.get().root(), tree.root(hash))
            && Arrays.equals(head.get().previous(), previous);
    if (!fits) {
      disagree(first);
    }
    previous = hash.of(payload);
    last = head.orElse(null);
  }

  private void disagree(long first) {
    disagrees = disagrees < 0 ? first : disagrees;
  }

  @Override
  public void damaged(Position at) {
    disagree(number);
  }
}
