package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import leadglass.store.SiteId;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.Damage.Hit;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.pack.Records.Kept;

/// Reads a pack from front to back and verifies every byte that means something: headers, batches
/// and their order, and the seal of each instance, audit entry and event. Chunks of a large
/// instance are verified with the frame that commits them, in whatever pack they lie.
///
/// Holds a batch at a time. Safe for use by several threads.
public final class PackCheck {
  private static final long BATCH_BYTES_MAX = 64L << 20;
  private static final int UNDECIDED_MAX = 100_000;

  private final Disk disk;
  private final KeyStore keys;
  private final Audits audits;

  /// Opens audit entries.
  public interface Audits {
    /// @throws IOException if the entry is damaged
    void verify(Placed entry) throws IOException;
  }

  /// Told what is found, in the pack's order.
  public interface Told {
    void damaged(Damage damage);

    /// An instance that is whole.
    void kept(Kept kept);
  }

  /// What a pack holds.
  ///
  /// @param finished false if reading was stopped; the other numbers are of what was read then
  /// @param closed whether it ends as a pack that was closed in peace; packs of one data set's own
  ///   never do
  /// @param liveBytes of frames that are readable or damaged, and what keeps them together
  /// @param deadBytes of frames whose key is gone
  /// @param tornBytes behind the last whole batch
  /// @param undecided chunks whose commit frame is not in this pack: bytes by record id in hex
  /// @param elsewhere chunks in other packs that a commit frame of this pack keeps: bytes by pack
  public record Result(
      boolean finished,
      boolean closed,
      long liveBytes,
      long deadBytes,
      long tornBytes,
      Map<String, Long> undecided,
      Map<String, Long> elsewhere) {}

  public PackCheck(Disk disk, KeyStore keys, Audits audits) {
    this.disk = disk;
    this.keys = keys;
    this.audits = audits;
  }

  /// Verifies a pack. A disk that fails is damage too.
  ///
  /// @param growingTo where the pack ends that is being appended to; empty for any other
  public Result check(String pack, OptionalLong growingTo, Pace pace, Told told) {
    return new Pass(pack, pace, told).run(growingTo);
  }

  /// One way through one pack.
  private final class Pass {
    private final String pack;
    private final FrameWalk walk;
    private final Pace pace;
    private final Told told;
    private final RecordCheck records;
    private final Map<String, Long> undecided = new HashMap<>();
    private final Map<String, Long> elsewhere = new HashMap<>();
    private final CRC32C crc = new CRC32C();
    private final List<Kept> kept = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private final List<RecordCheck.Found.Keyless> keyless = new ArrayList<>();
    private PackHeader header = new PackHeader("0".repeat(32), 0, false);
    private long end;
    private long safe;
    private boolean closed;
    private long live = PackHeader.BYTES;
    private long dead;
    private long torn;
    private int count;
    private long batchBytes;
    private long keylessBytes;
    private long number = -1;
    private boolean gap;
    private boolean stopped;

    Pass(String pack, Pace pace, Told told) {
      this.pack = pack;
      this.walk = new FrameWalk(disk, pack);
      this.pace = pace;
      this.told = told;
      this.records = new RecordCheck(disk, keys, pace);
    }

    Result run(OptionalLong growingTo) {
      try {
        begin(growingTo);
      } catch (IOException _) {
        told.damaged(Damage.of(pack, 0, Hit.UNREADABLE));
        return result();
      }
      long at = PackHeader.BYTES;
      while (!stopped && at < end) {
        at = step(at);
      }
      if (!stopped) {
        finish();
      }
      return result();
    }

    private Result result() {
      return new Result(
          !stopped, closed, live, dead, torn, Map.copyOf(undecided), Map.copyOf(elsewhere));
    }

    private void begin(OptionalLong growingTo) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(walk.read(0, PackHeader.BYTES));
      Optional<PackHeader> found = PackHeader.decode(bytes).filter(h -> h.name().equals(pack));
      if (found.isEmpty()) {
        told.damaged(Damage.of(pack, 0, Hit.HEADER));
      }
      header = found.or(() -> PackHeader.mended(bytes)).orElse(header);
      long closeAt = growingTo.isPresent() ? -1 : walk.closeAt();
      closed = closeAt >= 0;
      end = growingTo.orElse(closed ? closeAt : disk.size(pack));
      safe = growingTo.isPresent() || closed ? end : walk.safeBytes(PackHeader.BYTES, end);
      live += closed ? Frame.HEADER_BYTES : 0;
    }

    /// Takes one frame or one gap.
    ///
    /// @return where the next one begins
    private long step(long at) {
      try {
        Optional<Frame> frame = walk.frame(at, end);
        if (frame.isEmpty()) {
          return at < safe ? gap(at) : torn(at);
        }
        long next = at + Frame.HEADER_BYTES + frame.get().payloadBytes();
        take(frame.get(), at, next);
        return next;
      } catch (IOException _) {
        if (Thread.currentThread().isInterrupted()) {
          stopped = true; // that is why it failed
          return at;
        }
        told.damaged(Damage.of(pack, at, Hit.UNREADABLE));
        live += end - at;
        gap = true; // what lies behind is told when the disk gives it again
        return end;
      }
    }

    private void take(Frame frame, long at, long next) throws IOException {
      switch (frame.kind()) {
        case CHUNKS -> {
          String record = HexFormat.of().formatHex(frame.record());
          if (undecided.size() < UNDECIDED_MAX) {
            undecided.merge(record, next - at, Long::sum);
          }
          spent(Frame.HEADER_BYTES);
        }
        case BATCH -> {
          byte[] payload = payload(at, frame);
          if (next <= safe) {
            batch(at, payload);
          } else if (isWhole(payload)) {
            settle(true);
          } else {
            torn += batchBytes + next - at;
            clear();
          }
        }
        case CLOSE -> told.damaged(Damage.of(pack, at, Hit.CLOSE)); // not at the end
        case INSTANCE, COMMIT, AUDIT, EVENT, HEAD -> {
          byte[] payload = payload(at, frame);
          crc.update(walk.header(at));
          crc.update(payload);
          count++;
          batchBytes += next - at;
          verify(new Placed(frame, new Position(pack, at), payload), next - at);
          if (batchBytes > BATCH_BYTES_MAX) {
            settle(false); // the ends of batches were lost
          }
        }
      }
    }

    private byte[] payload(long at, Frame frame) throws IOException {
      byte[] payload = walk.payload(at, frame.payloadBytes());
      spent(Frame.HEADER_BYTES + (long) payload.length);
      return payload;
    }

    private void spent(long bytes) {
      stopped |= !pace.spent(bytes);
    }

    private void verify(Placed placed, long bytes) {
      Damage damage =
          new Damage(
              pack,
              placed.at().offset(),
              switch (placed.frame().kind()) {
                case AUDIT, HEAD -> Hit.AUDIT;
                case EVENT -> Hit.EVENT;
                case INSTANCE -> Hit.INSTANCE;
                case COMMIT -> Hit.COMMIT;
                case CHUNKS, BATCH, CLOSE -> Hit.FRAME;
              },
              Optional.empty(),
              Optional.empty(),
              Optional.of(HexFormat.of().formatHex(placed.frame().record())));
      switch (placed.frame().kind()) {
        case AUDIT -> {
          try {
            audits.verify(placed);
          } catch (IOException _) {
            damages.add(damage);
          }
        }
        case EVENT -> event(placed, damage, bytes);
        case HEAD -> {} // by the checksum of its batch, and by its signature in another check
        case INSTANCE, COMMIT, CHUNKS, BATCH, CLOSE -> record(placed, bytes);
      }
    }

    private void event(Placed placed, Damage damage, long bytes) {
      try {
        SiteId site = EventFrames.site(placed);
        if (keys.sites().contains(site)) {
          EventFrames.open(placed, each -> Optional.of(keys.site(each).events()));
        } else {
          keyless.add(new RecordCheck.Found.Keyless(damage, List.of()));
          keylessBytes += bytes;
        }
      } catch (Records.DamagedException _) {
        damages.add(damage);
      }
    }

    private void record(Placed placed, long bytes) {
      switch (records.check(placed.frame(), placed.at(), placed.payload())) {
        case RecordCheck.Found.Whole whole -> {
          kept.add(whole.kept());
          decided(placed.frame(), whole.extents(), true);
        }
        case RecordCheck.Found.Damaged damaged -> {
          damages.addAll(damaged.all());
          decided(placed.frame(), damaged.extents(), true);
        }
        case RecordCheck.Found.Keyless none -> {
          keyless.add(none);
          keylessBytes += bytes;
          decided(placed.frame(), none.extents(), false);
        }
        case RecordCheck.Found.Stopped _ -> stopped = true;
      }
    }

    /// The chunks of a record are as live as what commits them.
    private void decided(Frame commit, List<Extent> extents, boolean readable) {
      Long here = undecided.remove(HexFormat.of().formatHex(commit.record()));
      if (here != null) {
        live += readable ? here : 0;
        dead += readable ? 0 : here;
      }
      for (Extent extent : extents) {
        if (readable && !extent.pack().equals(pack)) {
          elsewhere.merge(extent.pack(), extent.frames() * ChunkPlaces.FRAME_BYTES, Long::sum);
        }
      }
    }

    private boolean isWhole(byte[] payload) {
      return payload.length == Batches.PAYLOAD_BYTES
          && Batches.count(payload) == count
          && Batches.agrees(header, payload, crc);
    }

    /// The end of a batch that was on stable storage.
    private void batch(long at, byte[] payload) {
      boolean sane = payload.length == Batches.PAYLOAD_BYTES;
      boolean next = !sane || gap || number < 0 || Batches.number(payload) == number + 1;
      boolean whole = isWhole(payload);
      if (!(whole && next) && !gap && damages.isEmpty()) {
        // Something in the batch is damaged that no seal told of: what has no key, if there is
        // such.
        keyless.forEach(each -> damages.add(each.ifDamaged()));
        if (keyless.isEmpty() || !next) {
          damages.add(Damage.of(pack, at, Hit.BATCH));
        }
      }
      settle(whole);
      number = sane ? Batches.number(payload) : -1;
      gap = false;
    }

    /// Tells of the frames of a batch.
    private void settle(boolean whole) {
      damages.forEach(told::damaged);
      kept.forEach(told::kept);
      boolean empty = whole && keylessBytes == batchBytes && batchBytes > 0;
      live += batchBytes - keylessBytes + (empty ? 0 : Batches.FRAME_BYTES);
      dead += keylessBytes + (empty ? Batches.FRAME_BYTES : 0);
      clear();
    }

    private void clear() {
      damages.clear();
      kept.clear();
      keyless.clear();
      crc.reset();
      count = 0;
      batchBytes = 0;
      keylessBytes = 0;
    }

    /// No frame is where one was.
    private long gap(long at) throws IOException {
      long next = walk.next(at + 1, end);
      spent(next - at);
      if (next - at == Batches.FRAME_BYTES) { // nothing but the end of a batch is so short
        damages.add(Damage.of(pack, at, Hit.BATCH));
        number = number < 0 ? number : number + 1;
        settle(false);
      } else {
        told.damaged(Damage.of(pack, at, Hit.FRAME));
        live += next - at;
        gap = true;
      }
      return next;
    }

    /// What a run that was cut short left behind, or the end of a pack that was closed.
    private long torn(long at) throws IOException {
      if (end - at == Frame.HEADER_BYTES && Frame.isNearly(walk.header(at), Frame.Kind.CLOSE)) {
        told.damaged(Damage.of(pack, at, Hit.CLOSE));
        live += end - at;
      } else {
        torn += end - at;
      }
      return end;
    }

    private void finish() {
      if (count > 0 || gap) {
        if (end <= safe) {
          told.damaged(Damage.of(pack, end, Hit.BATCH)); // whose end is not there
          settle(false);
        } else {
          torn += batchBytes;
          clear();
        }
      }
    }
  }
}
