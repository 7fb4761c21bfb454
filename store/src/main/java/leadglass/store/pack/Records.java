package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leadglass.store.Filing;
import leadglass.store.InstanceRow.Location;
import leadglass.store.SiteId;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.seal.Chunks;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import org.jspecify.annotations.Nullable;

/// Opens the records of a log with the keys of a key store.
public final class Records {
  private static final int FIRST_READ_BYTES = 8 << 10;
  private static final int TRIES_MAX = 8;

  private final PackLog log;
  private final KeyStore keys;

  public Records(PackLog log, KeyStore keys) {
    this.log = log;
    this.keys = keys;
  }

  /// Opens the record at a place, also when its pack was written anew since the place was told.
  ///
  /// @throws IOException if it is damaged, not this site's, or its key is gone
  public StoredRecord open(SiteId site, Location at) throws IOException {
    for (int tries = 0; ; tries++) {
      PackSet.Hold hold = log.packs().hold();
      try {
        Location now = log.packs().now(at);
        // It may be written anew just between the two; and again for its chunks.
        boolean held = hold.add(now.pack());
        StoredRecord record = held ? open(site, now, hold) : null;
        if (record != null) {
          return record;
        }
        hold.close();
      } catch (IOException | RuntimeException e) {
        hold.close();
        throw e;
      }
      if (tries == TRIES_MAX) {
        throw new IOException("the pack of a stored data set is gone");
      }
    }
  }

  /// @return null if a pack with chunks of it is not there any more
  private @Nullable StoredRecord open(SiteId site, Location at, PackSet.Hold hold)
      throws IOException {
    int first = (int) Math.min(at.length(), FIRST_READ_BYTES);
    byte[] start = log.read(new Position(at.pack(), at.offset()), first);
    Frame frame = Frame.take(ByteBuffer.wrap(start)).orElseThrow(Records::damaged);
    boolean record = frame.kind() == Frame.Kind.INSTANCE || frame.kind() == Frame.Kind.COMMIT;
    byte[] payload = Arrays.copyOfRange(start, Math.min(Frame.HEADER_BYTES, first), first);
    int headBytes = RecordHead.headBytes(payload);
    if (!record || headBytes < 0 || headBytes > frame.payloadBytes()) {
      throw damaged();
    }
    if (headBytes > payload.length) {
      payload = log.read(new Position(at.pack(), at.offset() + Frame.HEADER_BYTES), headBytes);
    }
    RecordHead head = RecordHead.decode(payload);
    if (!head.site().equals(site)) {
      throw damaged();
    }
    try {
      Opened opened =
          opened(frame, head, payload, candidates(keys, head))
              .orElseThrow(() -> new IOException("the key of a stored data set is gone"));
      byte[] key = Seal.open(opened.study().objects(), frame.record(), head.wrappedKey());
      if (!head.extents().stream().map(RecordHead.Extent::pack).allMatch(hold::add)) {
        return null;
      }
      return new StoredRecord(
          log,
          hold,
          places(at, frame, head, headBytes),
          opened.trailer(),
          new SecretBytes(key),
          frame.record(),
          head.plainBytes());
    } catch (Seal.BrokenException _) {
      throw damaged();
    }
  }

  /// What a record was filed with, and the key that opened it.
  record Opened(Trailer.Opened trailer, StudyKey study) {

    Kept at(Location place, byte[] record, List<RecordHead.Extent> extents) {
      return new Kept(trailer.filing(), study, trailer.dataSetBytes(), place, record, extents);
    }
  }

  /// Keys that may open a record, none if its key is gone. A head of version 1 does not name its
  /// key: it may be any of the study's, the one in use first.
  static List<StudyKey> candidates(KeyStore keys, RecordHead head) throws IOException {
    return head.key().length == 0
        ? keys.studies(head.site(), head.study())
        : keys.named(head.site(), head.key()).stream().toList();
  }

  /// Opens a record with one of some keys; empty if there is none.
  ///
  /// @throws Seal.BrokenException if none of them opens it
  static Optional<Opened> opened(
      Frame frame, RecordHead head, byte[] payload, List<StudyKey> candidates)
      throws IOException, Seal.BrokenException {
    Seal.@Nullable BrokenException broken = null;
    for (StudyKey study : candidates) {
      try {
        return Optional.of(
            new Opened(RecordFrames.opened(frame.record(), head, payload, study), study));
      } catch (Seal.BrokenException e) {
        broken = e;
      }
    }
    if (broken != null) {
      throw broken;
    }
    return Optional.empty();
  }

  private static ChunkPlaces places(Location at, Frame frame, RecordHead head, int headBytes)
      throws IOException {
    if (frame.kind() == Frame.Kind.COMMIT) {
      return ChunkPlaces.spread(head.extents(), head.plainBytes());
    }
    if (frame.payloadBytes() - headBytes != Chunks.sealedBytes(head.plainBytes())) {
      throw damaged();
    }
    return new ChunkPlaces.Gathered(at.pack(), at.offset() + Frame.HEADER_BYTES + headBytes);
  }

  /// A record is not what was written.
  public static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException() {
      super("a stored data set is damaged");
    }
  }

  private static DamagedException damaged() {
    return new DamagedException();
  }

  /// An instance as the log tells it.
  ///
  /// @param record its id
  /// @param extents where its chunks lie; empty when they lie at its place
  public record Kept(
      Filing filing,
      StudyKey study,
      long dataSetBytes,
      Location at,
      byte[] record,
      List<RecordHead.Extent> extents)
      implements Logged {}

  /// A record whose key is gone.
  ///
  /// @param plainBytes length of what is sealed in its chunks
  /// @param extents where these lie; empty when they lie at its place
  public record Dead(Location at, long plainBytes, List<RecordHead.Extent> extents)
      implements Logged {}

  /// An instance or commit frame of which [#kept] says that its key is gone.
  public Dead dead(PackLog.Placed placed) throws DamagedException {
    RecordHead head = RecordHead.decode(placed.payload());
    return new Dead(place(placed), head.plainBytes(), head.extents());
  }

  private static Location place(PackLog.Placed placed) {
    long length = Frame.HEADER_BYTES + (long) placed.frame().payloadBytes();
    return new Location(placed.at().pack(), placed.at().offset(), length);
  }

  /// Reads what an instance or commit frame keeps; empty if its key is gone.
  ///
  /// @throws DamagedException if it is not what was written
  public Optional<Kept> kept(PackLog.Placed placed) throws IOException {
    RecordHead head = RecordHead.decode(placed.payload());
    if (!keys.sites().contains(head.site())) {
      return Optional.empty();
    }
    try {
      Optional<Opened> opened =
          opened(placed.frame(), head, placed.payload(), candidates(keys, head));
      return opened.map(each -> each.at(place(placed), placed.frame().record(), head.extents()));
    } catch (Seal.BrokenException _) {
      throw damaged();
    }
  }

  /// Reads what an event frame tells; empty if it is of a site that has no keys here.
  ///
  /// @throws DamagedException if it is not what was written
  public Optional<LifeEvent> event(PackLog.Placed placed) throws DamagedException {
    SiteId site = EventFrames.site(placed);
    if (!keys.sites().contains(site)) {
      return Optional.empty();
    }
    return Optional.of(EventFrames.open(placed, each -> Optional.of(keys.site(each).events())));
  }
}
