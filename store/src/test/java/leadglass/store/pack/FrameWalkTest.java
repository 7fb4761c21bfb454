package leadglass.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameWalkTest {
  private static final int BATCHES = 20;

  @TempDir private Path folder;

  private final AtomicInteger readings = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();

  /// The same disk, its readings counted, or failing half way.
  private Disk watched(Disk disk) {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (_, method, arguments) -> {
              if (method.getName().equals("read")) {
                readings.incrementAndGet();
                if (broken.get()) {
                  ((ByteBuffer) arguments[2]).put((byte) 1);
                  throw new IOException("broken");
                }
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static List<ByteBuffer> frame(Frame.Kind kind, int bytes) {
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + bytes);
    new Frame(kind, bytes, new byte[16]).put(frame);
    for (int i = 0; i < bytes; i++) {
      frame.put((byte) (i * 31 + bytes));
    }
    return List.of(frame.flip());
  }

  /// @return where the last batch ends
  private static PackLog.Position written(PackLog log) throws IOException {
    List<PackLog.Position> positions = List.of();
    for (int i = 0; i < BATCHES; i++) {
      positions =
          log.appendBatch(
              List.of(
                  frame(Frame.Kind.INSTANCE, i % 3 == 0 ? 5000 : 10 * i),
                  frame(Frame.Kind.AUDIT, 400 + 97 * i),
                  frame(Frame.Kind.HEAD, 200)));
    }
    return positions.getLast();
  }

  /// Every header and payload as a walk finds them.
  private static List<ByteBuffer> all(FrameWalk walk, long end) throws IOException {
    List<ByteBuffer> all = new ArrayList<>();
    long at = PackHeader.BYTES;
    while (at < end) {
      Optional<Frame> frame = walk.frame(at, end);
      int length = frame.orElseThrow().payloadBytes();
      all.add(ByteBuffer.wrap(walk.read(at, Frame.HEADER_BYTES)));
      all.add(ByteBuffer.wrap(walk.payload(at, length)));
      at += Frame.HEADER_BYTES + length;
    }
    assertThat(walk.frame(end, end)).isEmpty();
    return all;
  }

  @Test
  void aWalkThatReadsAheadFindsTheSameWithFewerReadings() throws Exception {
    try (Disk disk = new FileDisk(folder);
        PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL)) {
      PackLog.Position end = written(log);
      Disk watched = watched(disk);
      List<ByteBuffer> plain = all(new FrameWalk(watched, end.pack()), end.offset());
      int each = readings.getAndSet(0);
      assertThat(plain).hasSize(BATCHES * 4 * 2);

      for (int ahead : new int[] {1, Frame.HEADER_BYTES, 100, 2048, 1 << 20}) {
        FrameWalk walk = new FrameWalk(watched, end.pack(), ahead);
        assertThat(all(walk, end.offset())).as("%d bytes ahead", ahead).isEqualTo(plain);
      }

      readings.set(0);
      all(new FrameWalk(watched, end.pack(), 2048), end.offset());
      assertThat(readings.get()).isLessThan(each / 2);
    }
  }

  @Test
  void whatWasReadWhenReadingFailedIsNotBelieved() throws Exception {
    try (Disk disk = new FileDisk(folder);
        PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL)) {
      PackLog.Position end = written(log);
      List<ByteBuffer> plain = all(new FrameWalk(disk, end.pack()), end.offset());
      FrameWalk walk = new FrameWalk(watched(disk), end.pack(), 2048);
      broken.set(true);
      assertThatThrownBy(() -> walk.frame(PackHeader.BYTES, end.offset()))
          .isInstanceOf(IOException.class);
      broken.set(false);

      assertThat(all(walk, end.offset())).isEqualTo(plain);
    }
  }
}
