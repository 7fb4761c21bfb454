package leadglass.store.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what a pack keeps while its bytes pass by, so that whoever copies a pack reads it once.
/// Counts only what a BATCH frame covers. Confined to one thread.
public final class Tally {
  private final ByteBuffer header = ByteBuffer.allocate(PackHeader.BYTES);
  private final List<byte[]> pendingEvents = new ArrayList<>();
  private final List<byte[]> events = new ArrayList<>();
  private boolean begun;
  private boolean lost;
  private long skip;
  private @Nullable ByteBuffer kept;
  private int frames;
  private long pendingInstances;
  private long pendingAudits;
  private long instances;
  private long audits;

  /// Begins in front of the pack's first byte.
  public Tally() {
    header.limit(PackHeader.BYTES);
  }

  /// INSTANCE and COMMIT frames.
  public long instances() {
    return instances;
  }

  /// AUDIT frames.
  public long auditEntries() {
    return audits;
  }

  /// EVENT frames, header and payload each.
  public List<byte[]> events() {
    return events;
  }

  /// Takes the next bytes of the pack.
  public void add(byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0 && !lost) {
      int taken;
      ByteBuffer filling = kept;
      if (skip > 0) {
        taken = (int) Math.min(skip, left);
        skip -= taken;
      } else if (filling != null) {
        taken = fill(filling, bytes, at, left);
        if (!filling.hasRemaining()) {
          kept = null;
          byte[] raw = new byte[filling.limit()];
          filling.get(0, raw);
          whole(raw);
        }
      } else {
        taken = fill(header, bytes, at, left);
        if (!header.hasRemaining()) {
          header();
        }
      }
      at += taken;
      left -= taken;
    }
  }

  private static int fill(ByteBuffer into, byte[] bytes, int at, int left) {
    int taken = Math.min(into.remaining(), left);
    into.put(bytes, at, taken);
    return taken;
  }

  private void header() {
    header.flip();
    if (!begun) {
      begun = true; // whatever it says: the pack's name says which one it is
    } else {
      byte[] raw = new byte[Frame.HEADER_BYTES];
      header.get(0, raw);
      Optional<Frame> frame = Frame.take(header);
      lost = frame.isEmpty(); // nothing behind it was ever kept
      frame.ifPresent(each -> frame(each, raw));
    }
    header.clear().limit(Frame.HEADER_BYTES);
  }

  private void frame(Frame frame, byte[] raw) {
    switch (frame.kind()) {
      case INSTANCE, COMMIT -> {
        frames++;
        pendingInstances++;
        skip = frame.payloadBytes();
      }
      case AUDIT -> {
        frames++;
        pendingAudits++;
        skip = frame.payloadBytes();
      }
      case HEAD -> {
        frames++;
        skip = frame.payloadBytes();
      }
      case EVENT -> {
        frames++;
        keep(frame, raw);
      }
      case BATCH -> keep(frame, raw);
      case CHUNKS, CLOSE -> skip = frame.payloadBytes();
    }
  }

  private void keep(Frame frame, byte[] raw) {
    ByteBuffer whole = ByteBuffer.allocate(Frame.HEADER_BYTES + frame.payloadBytes());
    whole.put(raw);
    if (whole.hasRemaining()) {
      kept = whole;
    } else {
      whole(whole.array());
    }
  }

  private void whole(byte[] raw) {
    Frame frame = Frame.take(ByteBuffer.wrap(raw)).orElseThrow();
    if (frame.kind() == Frame.Kind.EVENT) {
      pendingEvents.add(raw);
      return;
    }
    boolean covers =
        frame.payloadBytes() == 16 && ByteBuffer.wrap(raw).getInt(Frame.HEADER_BYTES + 8) == frames;
    if (covers) {
      instances += pendingInstances;
      audits += pendingAudits;
      events.addAll(pendingEvents);
    }
    frames = 0;
    pendingInstances = 0;
    pendingAudits = 0;
    pendingEvents.clear();
  }
}
