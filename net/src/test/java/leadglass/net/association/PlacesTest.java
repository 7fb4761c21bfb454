package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlacesTest {
  @Test
  void strangersHaveHalfOfAllAndWhoeverIsProvedHasWhatIsLeft() throws Exception {
    Places places = new Places(4, 9);

    assertThat(places.enter(0)).isTrue();
    assertThat(places.enter(0)).isTrue();
    assertThat(places.enter(0)).as("a third stranger").isFalse();
    places.proved();
    assertThat(places.enter(0)).isTrue();
    places.proved();
    places.proved();
    assertThat(places.enter(0)).as("three are known").isTrue();
    assertThat(places.enter(0)).as("all four are taken").isFalse();
    places.leave(false);
    assertThat(places.enter(0)).isTrue();
    places.leave(true);
    places.leave(true);
    assertThat(places.enter(0)).isTrue();
    assertThat(places.enter(0)).isTrue();
  }

  @Test
  void whoeverWaitsEntersWhenAPlaceIsFree() throws Exception {
    Places places = new Places(1, 1);
    assertThat(places.enter(0)).isTrue();
    Thread leaving = Thread.startVirtualThread(() -> places.leave(true));

    assertThat(places.enter(Duration.ofSeconds(20).toMillis())).isTrue();
    leaving.join();
  }

  @Test
  void aPeerHasItsShareAndNoMore() {
    Places places = new Places(8, 2);

    assertThat(places.begin("CT1")).isTrue();
    assertThat(places.begin("CT1")).isTrue();
    assertThat(places.begin("CT1")).isFalse();
    assertThat(places.begin("CT2")).isTrue();
    places.end("CT1");
    assertThat(places.begin("CT1")).isTrue();
    places.end("CT1");
    places.end("CT1");
    places.end("CT1");
    assertThat(places.begin("CT1")).as("never below none").isTrue();
  }
}
