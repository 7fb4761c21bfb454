package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.seal.Seal;

/// Writes a pack anew without the records whose keys were destroyed; docs/formats/pack.md. Audit
/// entries and events stay, and everything stays in its order. Chunks of large data sets come along
/// with the frame that commits them.
///
/// Power may go off at any time: the new pack counts from the moment on at which all of it was read
/// back, and until then the old one does.
public final class Repack {
  private final PackLog log;
  private final KeyStore keys;
  private final PackCheck check;

  /// Where a record lies once its pack was written anew.
  ///
  /// @param chunks bytes of its chunks by pack, when they do not lie in its frame
  public record Moved(long from, long to, long length, Map<String, Long> chunks) {}

  /// A pack that was written anew and is on stable storage.
  ///
  /// @param from name of the old pack
  /// @param to name of the new one
  /// @param end where the new one ends
  /// @param moved in the order of the log
  /// @param savedBytes how much less the new one is
  public record Copy(String from, String to, Position end, List<Moved> moved, long savedBytes) {}

  public Repack(PackLog log, KeyStore keys, PackCheck check) {
    this.log = log;
    this.keys = keys;
    this.check = check;
  }

  /// Writes a pack anew. It takes the place of the old one with [#place]; after a crash before that
  /// the log finds out when it is opened.
  ///
  /// @param destroyed whether the key of a name, in hex, was destroyed by an event
  /// @param strayDead whether chunks that no commit frame of this pack keeps belong to nothing
  /// @return empty if it can't be now: it is appended to, is damaged, or holds what another pack
  ///   needs; nothing is left behind
  public Optional<Copy> copy(String pack, Predicate<String> destroyed, boolean strayDead, Pace pace)
      throws IOException {
    Optional<PackHeader> old = log.closedPack(pack);
    if (old.isEmpty() || !isWhole(pack, OptionalLong.empty(), strayDead, pace)) {
      return Optional.empty();
    }
    try (PackSet.Hold hold = log.packs().hold();
        PackCopy copy = new PackCopy(log.disk(), log.anew(old.get()))) {
      Writing writing = new Writing(old.get(), copy, hold, destroyed, pace);
      if (!hold.add(pack) || !writing.run()) {
        return Optional.empty();
      }
      copy.force();
      if (!isWhole(copy.header().name(), OptionalLong.of(copy.bytes()), true, pace)) {
        return Optional.empty();
      }
      copy.finish();
      return Optional.of(
          new Copy(
              pack,
              copy.header().name(),
              new Position(copy.header().name(), copy.bytes()),
              List.copyOf(writing.moved),
              log.disk().size(pack) - log.disk().size(copy.header().name())));
    }
  }

  /// The new pack may be read from now on, by whoever is told first that something lies there.
  public void announce(Copy copy) {
    log.packs().announce(copy.to());
  }

  /// The new pack is part of the log from now on, and the old one is not.
  public void place(Copy copy) {
    PackHeader old = log.packs().header(copy.from()).orElseThrow();
    log.packs().replace(old.anew(copy.to()), copy.moved());
  }

  /// Removes the old pack, once nobody reads it.
  public void removeOld(Copy copy) throws IOException {
    log.packs().remove(copy.from());
  }

  /// Gives a copy up that nothing refers to.
  public void discard(Copy copy) throws IOException {
    log.packs().remove(copy.to());
  }

  private boolean isWhole(String pack, OptionalLong to, boolean strayAllowed, Pace pace) {
    boolean[] damaged = new boolean[1];
    PackCheck.Result result =
        check.check(
            pack,
            to,
            pace,
            new PackCheck.Told() {
              @Override
              public void damaged(Damage damage) {
                damaged[0] = true;
              }

              @Override
              public void kept(Records.Kept kept) {}
            });
    return result.finished() && !damaged[0] && (strayAllowed || result.undecided().isEmpty());
  }

  /// A pack that can't be written anew.
  private static final class NotNowException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /// One pack on its way into another.
  private final class Writing {
    private final PackHeader old;
    private final PackCopy copy;
    private final PackSet.Hold hold;
    private final Predicate<String> destroyed;
    private final Pace pace;
    private final FrameWalk walk;
    private final List<Moved> moved = new ArrayList<>();

    Writing(
        PackHeader old, PackCopy copy, PackSet.Hold hold, Predicate<String> destroyed, Pace pace) {
      this.old = old;
      this.copy = copy;
      this.hold = hold;
      this.destroyed = destroyed;
      this.pace = pace;
      this.walk = new FrameWalk(log.disk(), old.name());
    }

    /// @return false if it can't be done now
    boolean run() throws IOException {
      PackReader reader =
          new PackReader(
              log.disk(),
              EnumSet.of(
                  Frame.Kind.INSTANCE,
                  Frame.Kind.COMMIT,
                  Frame.Kind.AUDIT,
                  Frame.Kind.EVENT,
                  Frame.Kind.HEAD),
              new PackLog.BatchVisitor() {
                @Override
                public boolean batch(List<Placed> frames, Position end) throws IOException {
                  return Writing.this.batch(frames);
                }

                @Override
                public void damaged(Position at) throws IOException {
                  throw new NotNowException();
                }
              });
      try {
        return reader.read(old, PackHeader.BYTES);
      } catch (NotNowException _) {
        return false;
      }
    }

    private boolean batch(List<Placed> frames) throws IOException {
      Map<Integer, Moved> records = new LinkedHashMap<>();
      for (Placed placed : frames) {
        long from = placed.at().offset();
        switch (placed.frame().kind()) {
          case AUDIT, EVENT, HEAD -> copy.add(verbatim(placed));
          case INSTANCE -> {
            if (!isDead(placed)) {
              ByteBuffer frame = verbatim(placed);
              Moved where = new Moved(from, 0, frame.remaining(), Map.of());
              records.put(copy.add(frame), where);
            }
          }
          case COMMIT -> {
            if (!isDead(placed)) {
              commit(placed, records);
            }
          }
          case CHUNKS, BATCH, CLOSE -> throw new NotNowException();
        }
        if (!pace.spent(Frame.HEADER_BYTES + (long) placed.frame().payloadBytes())) {
          return false;
        }
      }
      long[] places = copy.batch();
      records.forEach((number, at) ->
          moved.add(new Moved(at.from(), places[number], at.length(), at.chunks())));
      return true;
    }

    private ByteBuffer verbatim(Placed placed) throws IOException {
      int length = Frame.HEADER_BYTES + placed.frame().payloadBytes();
      return ByteBuffer.wrap(walk.read(placed.at().offset(), length));
    }

    /// Whether the key was destroyed on purpose. One that is only missing may be in a copy of the
    /// key store.
    private boolean isDead(Placed placed) throws IOException {
      byte[] key = RecordHead.decode(placed.payload()).key();
      return key.length > 0 && destroyed.test(HexFormat.of().formatHex(key));
    }

    private void commit(Placed placed, Map<Integer, Moved> records) throws IOException {
      RecordHead head = RecordHead.decode(placed.payload());
      List<Extent> extents = gather(placed.frame(), head);
      ByteBuffer frame =
          extents.equals(head.extents())
              ? verbatim(placed)
              : sealed(placed.frame(), head, placed.payload(), extents);
      Map<String, Long> chunks = Extents.bytes(extents, head.plainBytes());
      Moved where = new Moved(placed.at().offset(), 0, frame.remaining(), chunks);
      records.put(copy.add(frame), where);
    }

    /// Writes chunks into the new pack: those of the old one, and of others as long as there is
    /// room. What lies in a pack of the data set's own stays there.
    private List<Extent> gather(Frame commit, RecordHead head) throws IOException {
      long left = Extents.total(head.extents(), head.plainBytes());
      List<Extent> extents = new ArrayList<>();
      for (Extent extent : head.extents()) {
        long bytes = Math.min(left, extent.frames() * ChunkPlaces.FRAME_BYTES);
        left -= bytes;
        boolean fits = copy.bytes() + bytes <= log.limits().packBytes();
        boolean here = extent.pack().equals(old.name());
        if (here || (fits && !log.packs().isSide(extent.pack()))) {
          long at = chunks(commit, extent);
          extents.add(new Extent(copy.header().name(), at, extent.frames()));
        } else {
          extents.add(extent);
        }
      }
      return Extents.joined(extents);
    }

    /// @return where the first of the frames lies
    private long chunks(Frame commit, Extent extent) throws IOException {
      if (!hold.add(extent.pack())) {
        throw new NotNowException();
      }
      FrameWalk from = new FrameWalk(log.disk(), extent.pack());
      long first = -1;
      long at = extent.offset();
      for (int i = 0; i < extent.frames(); i++) {
        Frame frame =
            Frame.take(from.header(at))
                .filter(each -> each.kind() == Frame.Kind.CHUNKS)
                .filter(each -> Arrays.equals(each.record(), commit.record()))
                .orElseThrow(NotNowException::new);
        int length = Frame.HEADER_BYTES + frame.payloadBytes();
        long place = copy.chunks(ByteBuffer.wrap(from.read(at, length)));
        first = first < 0 ? place : first;
        at += length;
        if (!pace.spent(length)) {
          throw new NotNowException();
        }
      }
      return first;
    }

    /// The same record with chunks in other places. Its tag covers where they lie, so it takes the
    /// study's key.
    private ByteBuffer sealed(Frame frame, RecordHead head, byte[] payload, List<Extent> extents)
        throws IOException {
      try {
        List<StudyKey> candidates = Records.candidates(keys, head);
        StudyKey study =
            Records.opened(frame, head, payload, candidates)
                .orElseThrow(NotNowException::new)
                .study();
        byte[] trailer = RecordFrames.trailer(frame.record(), head, payload, study);
        RecordHead fresh =
            new RecordHead(
                head.site(),
                head.study(),
                study.name(),
                head.wrappedKey(),
                head.plainBytes(),
                head.trailerBytes(),
                extents);
        return RecordFrames.commit(frame.record(), fresh, trailer, study);
      } catch (Seal.BrokenException _) {
        throw new NotNowException();
      }
    }
  }
}
