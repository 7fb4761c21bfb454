package leadglass.store.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.store.InstanceRow.Location;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Damage.Hit;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.pack.Records.Kept;
import leadglass.store.pack.Records.Opened;
import leadglass.store.seal.Chunks;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Verifies one instance to its last byte. Holds one chunk at a time.
final class RecordCheck {
  private final Disk disk;
  private final KeyStore keys;
  private final Pace pace;

  RecordCheck(Disk disk, KeyStore keys, Pace pace) {
    this.disk = disk;
    this.keys = keys;
    this.pace = pace;
  }

  /// What became of a record.
  sealed interface Found {

    /// All of it is what was written.
    record Whole(Kept kept, List<Extent> extents) implements Found {}

    /// No key opens it: the key was destroyed, or the record is damaged where it says whose it is.
    /// The checksum of its batch tells which.
    record Keyless(Damage ifDamaged, List<Extent> extents) implements Found {}

    /// It is damaged.
    record Damaged(List<Damage> all, List<Extent> extents) implements Found {}

    /// Reading was stopped.
    record Stopped() implements Found {}
  }

  /// @param frame an INSTANCE or COMMIT
  /// @param payload all of it
  Found check(Frame frame, Position at, byte[] payload) {
    Hit hit = frame.kind() == Frame.Kind.COMMIT ? Hit.COMMIT : Hit.INSTANCE;
    Optional<String> record = Optional.of(HexFormat.of().formatHex(frame.record()));
    Damage plain =
        new Damage(at.pack(), at.offset(), hit, Optional.empty(), Optional.empty(), record);
    RecordHead head;
    try {
      head = RecordHead.decode(payload);
    } catch (Records.DamagedException _) {
      return new Found.Damaged(List.of(plain), List.of());
    }
    Optional<String> name =
        head.key().length == 0
            ? Optional.empty()
            : Optional.of(HexFormat.of().formatHex(head.key()));
    Damage known = new Damage(at.pack(), at.offset(), hit, Optional.of(head.site()), name, record);
    if (!keys.sites().contains(head.site())) {
      return new Found.Keyless(plain, head.extents());
    }
    List<StudyKey> candidates;
    try {
      candidates = Records.candidates(keys, head);
    } catch (IOException _) {
      Damage key = new Damage(at.pack(), at.offset(), Hit.KEY, known.site(), name, record);
      return new Found.Damaged(List.of(key), head.extents());
    }
    try {
      Optional<Opened> opened = Records.opened(frame, head, payload, candidates);
      if (opened.isEmpty()) {
        return new Found.Keyless(known, head.extents());
      }
      byte[] key = Seal.open(opened.get().study().objects(), frame.record(), head.wrappedKey());
      long length = Frame.HEADER_BYTES + (long) payload.length;
      Kept kept =
          opened
              .get()
              .at(new Location(at.pack(), at.offset(), length), frame.record(), head.extents());
      return chunks(frame, kept, head, payload, new SecretBytes(key));
    } catch (Seal.BrokenException | IOException _) {
      // A record of version 1 may be of a key that is gone, when the study came again.
      return head.key().length == 0
          ? new Found.Keyless(known, head.extents())
          : new Found.Damaged(List.of(known), head.extents());
    }
  }

  private Found chunks(Frame frame, Kept kept, RecordHead head, byte[] payload, SecretBytes key) {
    try {
      return frame.kind() == Frame.Kind.COMMIT
          ? spread(frame, kept, head, key)
          : gathered(frame, kept, head, payload, key);
    } finally {
      key.forget();
    }
  }

  private static Damage damage(Kept kept, Frame frame, Position at, Hit hit) {
    return new Damage(
        at.pack(),
        at.offset(),
        hit,
        Optional.of(kept.filing().site()),
        Optional.of(HexFormat.of().formatHex(kept.study().name())),
        Optional.of(HexFormat.of().formatHex(frame.record())));
  }

  private static int chunkBytes(long number, long plainBytes) {
    boolean last = number == Chunks.count(plainBytes) - 1;
    long bytes = last ? plainBytes - number * Chunks.PLAIN_BYTES : Chunks.PLAIN_BYTES;
    return (int) bytes + Chunks.TAG_BYTES;
  }

  private Found gathered(Frame frame, Kept kept, RecordHead head, byte[] payload, SecretBytes key) {
    Position place = new Position(kept.at().pack(), kept.at().offset());
    Found damaged = new Found.Damaged(List.of(damage(kept, frame, place, Hit.INSTANCE)), List.of());
    int at = RecordHead.headBytes(payload);
    if (payload.length - at != Chunks.sealedBytes(head.plainBytes())) {
      return damaged;
    }
    Chunks chunks = new Chunks(key, frame.record());
    byte[] plain = new byte[Chunks.PLAIN_BYTES];
    long count = Chunks.count(head.plainBytes());
    for (long number = 0; number < count; number++) {
      int length = chunkBytes(number, head.plainBytes());
      try {
        byte[] sealed = Arrays.copyOfRange(payload, at, at + length);
        chunks.open(number, number == count - 1, sealed, length, plain);
      } catch (Seal.BrokenException _) {
        return damaged;
      }
      at += length;
    }
    return new Found.Whole(kept, List.of());
  }

  private Found spread(Frame frame, Kept kept, RecordHead head, SecretBytes key) {
    Position place = new Position(kept.at().pack(), kept.at().offset());
    ChunkPlaces places;
    try {
      places = ChunkPlaces.spread(head.extents(), head.plainBytes());
    } catch (IOException _) {
      Damage damage = damage(kept, frame, place, Hit.COMMIT);
      return new Found.Damaged(List.of(damage), head.extents());
    }
    List<Damage> damages = new ArrayList<>();
    Chunks chunks = new Chunks(key, frame.record());
    byte[] plain = new byte[Chunks.PLAIN_BYTES];
    long count = Chunks.count(head.plainBytes());
    for (long number = 0; number < count; number++) {
      Position at = places.of(number);
      int length = chunkBytes(number, head.plainBytes());
      boolean last = number == count - 1;
      if (number % Reception.FRAME_CHUNKS == 0 && !isFrame(frame, at, number, head.plainBytes())) {
        Position start = new Position(at.pack(), at.offset() - Frame.HEADER_BYTES);
        damages.add(damage(kept, frame, start, Hit.CHUNKS));
      }
      try {
        chunks.open(number, last, read(at, length), length, plain);
      } catch (Seal.BrokenException | IOException _) {
        damages.add(damage(kept, frame, at, Hit.CHUNKS));
      }
      if (!pace.spent(length)) {
        return new Found.Stopped();
      }
    }
    return damages.isEmpty()
        ? new Found.Whole(kept, head.extents())
        : new Found.Damaged(damages, head.extents());
  }

  private byte[] read(Position at, int length) throws IOException {
    return new FrameWalk(disk, at.pack()).read(at.offset(), length);
  }

  /// Whether the frame of chunks is there whose first chunk lies at a place.
  private boolean isFrame(Frame commit, Position at, long number, long plainBytes) {
    long behind = Math.min(Chunks.count(plainBytes), number + Reception.FRAME_CHUNKS);
    long bytes = 0;
    for (long each = number; each < behind; each++) {
      bytes += chunkBytes(each, plainBytes);
    }
    long expected = bytes;
    try {
      FrameWalk walk = new FrameWalk(disk, at.pack());
      return Frame.take(walk.header(at.offset() - Frame.HEADER_BYTES))
          .filter(frame -> frame.kind() == Frame.Kind.CHUNKS)
          .filter(frame -> frame.payloadBytes() == expected)
          .filter(frame -> Arrays.equals(frame.record(), commit.record()))
          .isPresent();
    } catch (IOException _) {
      return false;
    }
  }
}
