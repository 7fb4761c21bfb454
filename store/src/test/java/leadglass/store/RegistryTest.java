package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every registry promises.
class RegistryTest {
  @TempDir Path folder;
  private StoreFolder place;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    place = new StoreFolder(folder);
    store = place.open();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void whatIsPutIsFoundAlsoAfterReopening() throws IOException {
    assertThat(store.registry().put("person", "ada", 0, new byte[] {1, 2})).isTrue();
    store.close();
    store = place.open();

    Registry.Entry entry = store.registry().find("person", "ada").orElseThrow();
    assertThat(entry.key()).isEqualTo("ada");
    assertThat(entry.version()).isEqualTo(1);
    assertThat(entry.document()).containsExactly(1, 2);
  }

  @Test
  void theSecondOfTwoChangesToOneVersionIsRefused() {
    Registry registry = store.registry();
    registry.put("person", "ada", 0, new byte[] {1});

    assertThat(registry.put("person", "ada", 0, new byte[] {9})).isFalse();
    assertThat(registry.put("person", "ada", 1, new byte[] {2})).isTrue();
    assertThat(registry.put("person", "ada", 1, new byte[] {3})).isFalse();
    assertThat(registry.put("person", "eve", 1, new byte[] {3})).isFalse();

    Registry.Entry entry = registry.find("person", "ada").orElseThrow();
    assertThat(entry.version()).isEqualTo(2);
    assertThat(entry.document()).containsExactly(2);
    assertThat(registry.find("person", "eve")).isEmpty();
  }

  @Test
  void aKindIsListedInTheOrderItsRecordsWereMade() {
    Registry registry = store.registry();
    for (String key : new String[] {"c", "a", "b"}) {
      registry.put("token", key, 0, new byte[0]);
    }
    registry.put("device", "a", 0, new byte[] {7});
    registry.put("token", "c", 1, new byte[] {1});
    registry.remove("token", "a");
    registry.remove("token", "never there");

    assertThat(registry.list("token")).extracting(Registry.Entry::key).containsExactly("c", "b");
    assertThat(registry.list("device")).hasSize(1);
    assertThat(registry.list("unknown")).isEmpty();
  }

  @Test
  void ofManyWhoMakeTheSameRecordOneSucceeds() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> put = () -> store.registry().put("person", "ada", 0, new byte[1]);
      long made =
          threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> put).toList()).stream()
              .filter(done -> {
                return done.resultNow();
              })
              .count();
      assertThat(made).isEqualTo(1);
    }
  }
}
