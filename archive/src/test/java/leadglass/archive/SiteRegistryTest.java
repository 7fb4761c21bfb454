package leadglass.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import leadglass.store.Registry;
import leadglass.store.SiteId;
import org.junit.jupiter.api.Test;

class SiteRegistryTest extends RegistryContract {
  private static final SiteId NORTH = new SiteId("a".repeat(32));
  private static final SiteId SOUTH = new SiteId("b".repeat(32));
  private static final byte[] ONE = "1".getBytes(UTF_8);
  private static final byte[] TWO = "2".getBytes(UTF_8);

  @Override
  Registry registry() {
    return new SiteRegistry(new MemoryRegistry(), NORTH);
  }

  @Test
  void nothingOfAnotherSiteIsFoundListedChangedOrRemoved() {
    MemoryRegistry whole = new MemoryRegistry();
    Registry north = new SiteRegistry(whole, NORTH);
    Registry south = new SiteRegistry(whole, SOUTH);
    whole.put("person", "first", 0, ONE);
    north.put("person", "ada", 0, ONE);

    assertThat(south.find("person", "ada")).isEmpty();
    assertThat(south.list("person")).isEmpty();
    assertThat(north.find("person", "first")).isEmpty();
    assertThat(whole.find("person", "ada")).isEmpty();
    assertThat(south.put("person", "ada", 1, TWO)).isFalse();
    assertThat(south.put("person", "ada", 0, TWO)).isTrue();
    south.remove("person", "first");
    assertThat(north.find("person", "ada").orElseThrow().document()).isEqualTo(ONE);
    assertThat(whole.list("person")).extracting(Registry.Entry::key).containsExactly("first");
  }

  @Test
  void whatASiteSaysOfACopyOfTheKeysCountsForThatSiteAlone() {
    MemoryRegistry whole = new MemoryRegistry();
    Registry north = new SiteRegistry(whole, NORTH);
    Registry south = new SiteRegistry(whole, SOUTH);
    String kind = BackupRecord.KeyCopy.KIND;
    whole.put(kind, "keys-1", 0, ONE);

    long version = north.find(kind, "keys-1").orElseThrow().version();
    assertThat(north.put(kind, "keys-1", version, TWO)).isTrue();

    assertThat(north.find(kind, "keys-1").orElseThrow().document()).isEqualTo(TWO);
    assertThat(north.list(kind)).hasSize(1).allMatch(entry -> entry.document()[0] == '2');
    assertThat(south.find(kind, "keys-1").orElseThrow().document()).isEqualTo(ONE);
    assertThat(whole.find(kind, "keys-1").orElseThrow().document()).isEqualTo(ONE);
  }
}
