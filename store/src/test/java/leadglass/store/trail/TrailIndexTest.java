package leadglass.store.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.StudyName;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever fills the index in the background is in nobody's way.
class TrailIndexTest {
  private static final int BATCHES = 30;
  private static final int A_BATCH = 1_000;
  private static final SiteId SITE = new SiteId("0".repeat(32));
  private static final StudyName STUDY = new StudyName("1".repeat(32));
  private static final Pseudonym PATIENT = new Pseudonym("2".repeat(32));

  @TempDir private Path folder;
  private FileDisk disk;
  private PackLog log;
  private TrailKeys keys;

  @BeforeEach
  void write() throws IOException {
    disk = new FileDisk(folder.resolve("packs"));
    log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL);
    keys = TrailKeys.of(new SecretBytes(new byte[32]));
    TrailLog trail =
        TrailLog.open(folder.resolve("trail"), log, keys, InstantSource.system(), _ -> {});
    for (int batch = 0; batch < BATCHES; batch++) {
      List<List<ByteBuffer>> frames = new ArrayList<>();
      for (int i = 0; i < A_BATCH; i++) {
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + 1);
        new Frame(Frame.Kind.AUDIT, 1, new byte[16]).put(frame);
        frames.add(List.of(frame.put((byte) i).flip()));
      }
      trail.append(frames);
    }
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    disk.close();
  }

  private static Optional<TrailIndex.Whose> whose() {
    return Optional.of(new TrailIndex.Whose(SITE, STUDY, PATIENT));
  }

  private TrailIndex index(TrailIndex.Opening opening) {
    return new TrailIndex(folder.resolve("trail"), log, keys, opening);
  }

  @Test
  void aFillingGivesWayToWhoeverAsksAndNothingIsMissingThen() throws Exception {
    AtomicReference<TrailIndex> index = new AtomicReference<>();
    AtomicReference<List<TrailIndex.Entry>> told = new AtomicReference<>(List.of());
    Thread asking =
        Thread.ofPlatform()
            .unstarted(() -> {
              try {
                told.set(index.get().about(SITE, Set.of(PATIENT), Set.of(), 29_900));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try (TrailIndex made =
        index(_ -> {
          if (asking.getState() == Thread.State.NEW) {
            asking.start();
            while (asking.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
          }
          return whose();
        })) {
      index.set(made);
      made.catchUp();
      asking.join();
      assertThat(told.get()).hasSize(100);
      assertThat(told.get().getLast().number()).isEqualTo(BATCHES * A_BATCH - 1);
      assertThat(made.entries()).isEqualTo(BATCHES * A_BATCH);
      assertThat(made.about(SITE, Set.of(), Set.of(STUDY), 0)).hasSize(1_000);
    }
  }

  @Test
  void aFillingEndsWhenTheStoreIsClosedAndTheNextOneGoesOn() throws Exception {
    AtomicReference<TrailIndex> index = new AtomicReference<>();
    Thread closing =
        Thread.ofPlatform()
            .unstarted(() -> {
              try {
                index.get().close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    TrailIndex first =
        index(_ -> {
          if (closing.getState() == Thread.State.NEW) {
            closing.start();
            while (closing.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
          }
          return whose();
        });
    index.set(first);
    first.catchUp();
    closing.join();
    assertThatThrownBy(first::entries).isInstanceOf(IOException.class);
    try (TrailIndex second = index(_ -> whose())) {
      assertThat(second.entries()).isBetween(1L, (long) BATCHES * A_BATCH - 1);
      assertThat(second.about(SITE, Set.of(PATIENT), Set.of(), 29_999)).hasSize(1);
      assertThat(second.entries()).isEqualTo(BATCHES * A_BATCH);
    }
  }
}
