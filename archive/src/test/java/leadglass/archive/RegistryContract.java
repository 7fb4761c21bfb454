package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import leadglass.store.Registry;
import org.junit.jupiter.api.Test;

/// What people, tokens and devices expect of a registry.
abstract class RegistryContract {

  abstract Registry registry();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aNewRecordHasVersionOneAndEachChangeOneMore() {
    Registry registry = registry();
    assertThat(registry.put("person", "alice", 0, bytes("a"))).isTrue();
    assertThat(registry.find("person", "alice").orElseThrow().version()).isEqualTo(1);
    assertThat(registry.put("person", "alice", 1, bytes("b"))).isTrue();
    Registry.Entry entry = registry.find("person", "alice").orElseThrow();
    assertThat(entry.version()).isEqualTo(2);
    assertThat(entry.key()).isEqualTo("alice");
    assertThat(entry.document()).isEqualTo(bytes("b"));
  }

  @Test
  void whoComesLaterChangesNothing() {
    Registry registry = registry();
    registry.put("person", "alice", 0, bytes("a"));
    assertThat(registry.put("person", "alice", 0, bytes("b"))).isFalse();
    assertThat(registry.put("person", "alice", 2, bytes("b"))).isFalse();
    assertThat(registry.put("person", "bob", 1, bytes("b"))).isFalse();
    assertThat(registry.find("person", "alice").orElseThrow().document()).isEqualTo(bytes("a"));
    assertThat(registry.find("person", "bob")).isEmpty();
  }

  @Test
  void aListHasOneKindInTheOrderTheyWereMade() {
    Registry registry = registry();
    registry.put("person", "b", 0, bytes("1"));
    registry.put("device", "x", 0, bytes("2"));
    registry.put("person", "a", 0, bytes("3"));
    registry.put("person", "b", 1, bytes("4"));
    assertThat(registry.list("person")).extracting(Registry.Entry::key).containsExactly("b", "a");
    assertThat(registry.list("nothing")).isEmpty();
  }

  @Test
  void whatIsRemovedMayBeMadeAnew() {
    Registry registry = registry();
    registry.put("token", "t", 0, bytes("1"));
    registry.remove("token", "t");
    registry.remove("token", "t");
    assertThat(registry.find("token", "t")).isEmpty();
    assertThat(registry.put("token", "t", 0, bytes("2"))).isTrue();
  }

  @Test
  void ofManyAtOnceOneWins() throws Exception {
    Registry registry = registry();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tries =
          IntStream.range(0, 20)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> registry.put("site", "site", 0, bytes("" + i)))
              .toList();
      long won = 0;
      for (var result : threads.invokeAll(tries)) {
        won += result.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }
}
