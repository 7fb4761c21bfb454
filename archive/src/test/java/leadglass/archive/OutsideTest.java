package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutsideTest {
  private static final Caller.Person ADA =
      new Caller.Person("ada", Role.ADMINISTRATOR, Set.of(Role.ADMINISTRATOR), Premises.PAGE);

  private final HandClock clock = new HandClock();
  private final MemoryRegistry registry = new MemoryRegistry();

  private Outside opened() {
    return new Outside(registry, new Gate(), clock);
  }

  @Test
  void connectionsFromOutsideAreCountedByDoorAndOutliveARestart() {
    Outside outside = opened();
    assertThat(outside.seen(ADA)).isEmpty();
    long first = clock.millis();
    outside.connected(true);
    clock.turn(Duration.ofDays(6));
    outside.connected(false);
    outside.connected(false);
    outside.sweep();
    Outside.Seen seen = opened().seen(ADA).orElseThrow();
    assertThat(seen.counts()).isEqualTo(Map.of(Origin.Door.PAGE, 2L, Origin.Door.DIMSE, 1L));
    assertThat(seen.count()).isEqualTo(3);
    assertThat(seen.firstMillis()).isEqualTo(first);
    assertThat(seen.lastMillis()).isEqualTo(clock.millis());
  }

  @Test
  void afterAWeekWithoutOneItIsMended() {
    Outside outside = opened();
    outside.connected(true);
    clock.turn(Outside.FORGOTTEN);
    assertThat(outside.seen(ADA)).isPresent();
    clock.turn(Duration.ofMillis(1));
    assertThat(outside.seen(ADA)).isEmpty();
    outside.connected(true);
    assertThat(outside.seen(ADA).orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void whoCannotAdministerLearnsNothingOfIt() {
    Outside outside = opened();
    outside.connected(true);
    assertThat(outside.seen(new Caller.Stranger(Premises.PAGE))).isEmpty();
    assertThat(
            outside.seen(
                new Caller.Person("eva", Role.AUDITOR, Set.of(Role.AUDITOR), Premises.PAGE)))
        .isEmpty();
  }
}
