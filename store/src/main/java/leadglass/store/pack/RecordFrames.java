package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import leadglass.store.Filing;
import leadglass.store.FilingTooLargeException;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.seal.Chunks;
import leadglass.store.seal.Seal;

/// Makes the frame that keeps an instance, and opens what stands in it.
public final class RecordFrames {
  private RecordFrames() {}

  /// Finishes a reception and makes the frame that keeps it, in pieces.
  public static List<ByteBuffer> instance(Reception reception, StudyKey study, Filing filing)
      throws IOException {
    byte[] trailer = Trailer.encode(filing, reception.bytes());
    int trailerBytes = trailer.length + Seal.OVERHEAD_BYTES;
    if (trailerBytes > RecordHead.TRAILER_BYTES_MAX) {
      throw new FilingTooLargeException();
    }
    reception.finish();
    byte[] record = reception.record();
    byte[] head =
        new RecordHead(
                filing.site(),
                study.study(),
                study.name(),
                Seal.seal(study.objects(), record, reception.key().copy()),
                reception.paddedBytes(),
                trailerBytes,
                reception.extents())
            .encode();
    byte[] sealed = Seal.seal(study.trailers(), about(record, head), trailer);
    boolean whole = reception.extents().isEmpty();
    long payload = (long) head.length + sealed.length;
    if (whole) {
      payload += Chunks.sealedBytes(reception.paddedBytes());
    }
    ByteBuffer first = ByteBuffer.allocate(Frame.HEADER_BYTES + head.length + sealed.length);
    Frame.Kind kind = whole ? Frame.Kind.INSTANCE : Frame.Kind.COMMIT;
    new Frame(kind, Math.toIntExact(payload), record).put(first);
    first.put(head).put(sealed).flip();
    List<ByteBuffer> pieces = new ArrayList<>();
    pieces.add(first);
    if (whole) {
      pieces.addAll(reception.gathered());
    }
    reception.filed();
    return pieces;
  }

  /// The frame that keeps a data set whose chunks lie in extents.
  ///
  /// @param trailer in clear
  static ByteBuffer commit(byte[] record, RecordHead head, byte[] trailer, StudyKey study)
      throws FilingTooLargeException {
    byte[] front = head.encode();
    byte[] sealed = Seal.seal(study.trailers(), about(record, front), trailer);
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + front.length + sealed.length);
    new Frame(Frame.Kind.COMMIT, front.length + sealed.length, record).put(frame);
    return frame.put(front).put(sealed).flip();
  }

  /// What the trailer's tag covers besides the trailer: the record's id and all in front of it.
  private static byte[] about(byte[] record, byte[] head) {
    return ByteBuffer.allocate(record.length + head.length).put(record).put(head).array();
  }

  /// Unseals the trailer at the start of a payload.
  ///
  /// @throws Seal.BrokenException if record, head or trailer are not what was written
  static byte[] trailer(byte[] record, RecordHead head, byte[] payload, StudyKey study)
      throws Seal.BrokenException {
    ByteBuffer bytes = ByteBuffer.wrap(payload);
    byte[] front = new byte[head.length()];
    byte[] sealed = new byte[head.trailerBytes()];
    bytes.get(front).get(sealed);
    return Seal.open(study.trailers(), about(record, front), sealed);
  }

  /// What a placed instance was filed with, and how long its data set is.
  static Trailer.Opened opened(byte[] record, RecordHead head, byte[] payload, StudyKey study)
      throws IOException, Seal.BrokenException {
    return Trailer.decode(head.site(), head.plainBytes(), trailer(record, head, payload, study));
  }

  /// A frame of its own for an audit entry.
  ///
  /// @param key id of the key it is sealed with
  public static ByteBuffer audit(byte[] key, byte[] sealed) {
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + sealed.length);
    new Frame(Frame.Kind.AUDIT, sealed.length, key).put(frame);
    return frame.put(sealed).flip();
  }
}
