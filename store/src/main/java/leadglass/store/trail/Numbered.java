package leadglass.store.trail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog.BatchVisitor;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.PackLog.Start;

/// Numbers the entries of batches that are read from somewhere on. Fails where an entry is missing:
/// a trail with a hole must not look whole.
abstract class Numbered implements BatchVisitor {
  private final Start from;
  private final long first;
  private final long packFirst;
  private long number;
  private long pack;
  private String name = "";
  private long place;
  private boolean begun;

  /// @param first number of the first entry at a place
  /// @param packFirst number of the first entry in its pack, where reading begins if that was
  ///   written anew
  Numbered(Start from, long first, long packFirst) {
    this.from = from;
    this.first = first;
    this.packFirst = packFirst;
  }

  /// A batch with entries.
  ///
  /// @param number of the first
  /// @param place where the batch begins in its pack, or something before it
  /// @return false to stop
  abstract boolean entries(long number, long place, List<Placed> entries, Optional<Head> head)
      throws IOException;

  /// A pack begins.
  ///
  /// @param number of its first entry; of the first behind the place where reading began
  /// @param whole whether it is read from its beginning
  /// @return false to stop
  boolean pack(long number, boolean whole) throws IOException {
    return true;
  }

  private boolean more = true;

  /// Number of the next entry.
  final long next() {
    return number;
  }

  /// Place in the log of the pack that is read.
  final long pack() {
    return pack;
  }

  final String name() {
    return name;
  }

  /// Where reading is.
  final Start end() {
    return new Start(pack, name, place);
  }

  @Override
  public final void begins(String pack, long at, long offset) throws IOException {
    boolean there = at == from.number() && pack.equals(from.pack()) && offset == from.offset();
    if (!begun) {
      number = there ? first : at == from.number() ? packFirst : first;
      begun = true;
    }
    this.pack = at;
    this.name = pack;
    this.place = offset;
    more = more && pack(number, !there);
  }

  @Override
  public final boolean batch(List<Placed> frames, Position behind) throws IOException {
    List<Placed> entries = new ArrayList<>(frames.size());
    Optional<Head> head = Optional.empty();
    for (Placed each : frames) {
      if (each.frame().kind() == Frame.Kind.AUDIT) {
        entries.add(each);
      } else {
        head = Head.decode(each.payload());
      }
    }
    if (more && !entries.isEmpty()) {
      long at = number;
      number += entries.size();
      more = entries(at, place, entries, head);
    }
    place = behind.offset();
    return more;
  }

  @Override
  public final void damaged(Position at) throws IOException {
    throw new IOException("a part of the audit trail can't be read: the pack is damaged");
  }
}
