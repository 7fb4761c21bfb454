package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A pack that is written anew. Confined to one thread.
final class PackCopy implements AutoCloseable {
  private final PackHeader header;
  private final Disk disk;
  private final Disk.Tail tail;
  private final CRC32C crc = new CRC32C();
  private final List<ByteBuffer> waiting = new ArrayList<>();
  private long size = PackHeader.BYTES;
  private long waitingBytes;
  private int frames;
  private long batches;
  private boolean finished;

  PackCopy(Disk disk, PackHeader header) throws IOException {
    this.disk = disk;
    this.header = header;
    this.tail = disk.create(header.name());
    tail.append(header.encode());
    tail.force();
  }

  PackHeader header() {
    return header;
  }

  /// Bytes written, and waiting for the end of their batch.
  long bytes() {
    return size + waitingBytes;
  }

  /// Writes a frame of chunks, which belongs to no batch.
  ///
  /// @return where it lies
  long chunks(ByteBuffer frame) throws IOException {
    long at = size;
    size += frame.remaining();
    tail.append(frame);
    return at;
  }

  /// Takes a frame into the batch.
  ///
  /// @return its number in the batch
  int add(ByteBuffer frame) {
    crc.update(frame.duplicate());
    waiting.add(frame);
    waitingBytes += frame.remaining();
    return frames++;
  }

  /// Ends the batch, if anything is in it.
  ///
  /// @return where each of its frames lies
  long[] batch() throws IOException {
    long[] places = new long[frames];
    if (frames == 0) {
      return places;
    }
    for (int i = 0; i < frames; i++) {
      places[i] = size;
      size += waiting.get(i).remaining();
      tail.append(waiting.get(i));
    }
    ByteBuffer end = Batches.frame(++batches, frames, crc, PackHeader.BYTES);
    size += end.remaining();
    tail.append(end);
    waiting.clear();
    waitingBytes = 0;
    frames = 0;
    crc.reset();
    return places;
  }

  void force() throws IOException {
    tail.force();
  }

  /// Says that all of it is right; from now on it takes the place of the old one.
  void finish() throws IOException {
    ByteBuffer close = ByteBuffer.allocate(Frame.HEADER_BYTES);
    new Frame(Frame.Kind.CLOSE, 0, new byte[16]).put(close);
    tail.append(close.flip());
    tail.force();
    finished = true;
  }

  /// Removes it unless it was finished.
  @Override
  public void close() throws IOException {
    tail.close();
    if (!finished) {
      disk.remove(header.name());
    }
  }
}
