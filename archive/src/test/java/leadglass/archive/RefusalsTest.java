package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final HandClock clock = new HandClock();
  private final List<String> trail = new ArrayList<>();
  private final List<ArchiveEvent> events = new ArrayList<>();
  private final Refusals refusals =
      new Refusals(
          (who, origin, success, detail) ->
              trail.add(who.kind() + " " + origin.address() + " " + success + " " + detail),
          clock,
          events::add);

  private static Caller stranger(String address) {
    return new Caller.Stranger(new Origin(Origin.Door.PAGE, address));
  }

  @Test
  void anAddressGetsOneEntryAMinuteAndTheCountOfTheRest() throws Exception {
    for (int i = 0; i < 50; i++) {
      refusals.refused(stranger("192.0.2.7"), "sign-in refused");
    }
    assertThat(trail).containsExactly("stranger 192.0.2.7 false sign-in refused");
    clock.turn(Duration.ofSeconds(60));
    refusals.refused(stranger("192.0.2.7"), "sign-in refused");
    assertThat(trail)
        .containsExactly(
            "stranger 192.0.2.7 false sign-in refused",
            "stranger 192.0.2.7 false sign-in refused, 49 more within a minute",
            "stranger 192.0.2.7 false sign-in refused");
    assertThat(events)
        .hasSize(2)
        .allMatch(new ArchiveEvent.AccessRefused(Origin.Door.PAGE)::equals);
  }

  @Test
  void whatIsOwedIsWrittenAtTheEnd() throws Exception {
    refusals.refused(stranger("192.0.2.7"), "sign-in refused");
    refusals.refused(stranger("192.0.2.7"), "sign-in refused");
    refusals.sum(false);
    assertThat(trail).hasSize(1);
    refusals.sum(true);
    assertThat(trail.getLast()).endsWith("sign-in refused, 1 more within a minute");
    refusals.sum(true);
    assertThat(trail).hasSize(2);
  }

  @Test
  void aMillionAddressesDoNotFillTheDisk() throws Exception {
    for (int minute = 0; minute < 3; minute++) {
      for (int i = 0; i < 5_000; i++) {
        refusals.refused(stranger("10.0." + i / 250 + "." + i % 250), "sign-in refused");
      }
      clock.turn(Duration.ofMinutes(1));
    }
    refusals.sum(true);
    assertThat(trail).hasSizeLessThan(3 * (2 * Refusals.APART_MAX + 10));
    assertThat(trail).anyMatch(line -> line.contains("many false sign-in refused, 48"));
  }

  @Test
  void somebodyKnownIsNamedHoweverManyStrangersKnock() throws Exception {
    for (int i = 0; i < 500; i++) {
      refusals.refused(stranger("10.0." + i / 250 + "." + i % 250), "sign-in refused");
    }
    Origin origin = new Origin(Origin.Door.PAGE, "192.0.2.7");
    refusals.refused(new Caller.Device("CT1", origin), "another AE title refused");
    assertThat(trail.getLast()).isEqualTo("device 192.0.2.7 false another AE title refused");
  }

  @Test
  void differentRefusalsOfOneAddressAreToldApart() throws Exception {
    refusals.refused(stranger("192.0.2.7"), "sign-in refused");
    refusals.refused(stranger("192.0.2.7"), "unknown token refused");
    assertThat(trail).hasSize(2);
  }
}
