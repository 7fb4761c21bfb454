package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import leadglass.archive.Brakes.Stop;
import org.junit.jupiter.api.Test;

/// Budgets of a day: ten patients and a hundred rows.
class BrakesTest {
  private static final Origin PAGE = new Origin(Origin.Door.PAGE, "127.0.0.1");
  private static final Caller.Person RITA =
      new Caller.Person("rita", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), PAGE);
  private static final Caller TOKEN =
      new Caller.Program(
          "t1",
          "rita",
          Set.of(Role.RADIOLOGIST),
          Set.of(Caller.Scope.READ),
          new Origin(Origin.Door.DICOMWEB, "127.0.0.1"));
  private static final Caller DEVICE =
      new Caller.Device("CT1", new Origin(Origin.Door.DIMSE, "127.0.0.1"));
  private static final String SUBJECT = "person rita";

  private final HandClock clock = new HandClock();
  private final MemoryRegistry registry = new MemoryRegistry();
  private final List<String> written = new ArrayList<>();
  private final List<ArchiveEvent> events = new ArrayList<>();
  private Brakes brakes = open();

  private Brakes open() {
    SecurityTrail trail = (_, _, _, what) -> written.add(what);
    return new Brakes(
        registry,
        new Brakes.Limits(10, 100),
        new Gate(),
        trail,
        new Refusals(trail, clock, events::add),
        clock,
        ZoneOffset.UTC,
        events::add);
  }

  /// Somebody whose usual days are known.
  private void settled(Caller caller) throws IOException {
    assertThat(brakes.opening(caller, "first")).isEmpty();
    brakes.sweep();
    clock.turn(Duration.ofDays(14));
  }

  private Optional<Stop> open(Caller caller, int from, int to) throws IOException {
    for (int patient = from; patient <= to; patient++) {
      Optional<Stop> stop = brakes.opening(caller, "patient" + patient);
      if (stop.isPresent()) {
        return stop;
      }
    }
    return Optional.empty();
  }

  private static List<String> studies(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(each -> "2.25." + each).toList();
  }

  @Test
  void afterTheDaysBudgetASecondFactorAndAPurposeAreNeeded() throws IOException {
    settled(RITA);
    assertThat(open(RITA, 1, 10)).isEmpty();
    assertThat(brakes.opening(RITA, "patient11")).contains(Stop.PURPOSE);
    assertThat(brakes.opening(RITA, "patient3")).as("opened today").isEmpty();

    assertThat(brakes.ease(RITA, " ")).isPresent();
    assertThat(brakes.ease(RITA, "tumour board on Friday")).isEmpty();

    assertThat(open(RITA, 11, 15)).isEmpty();
    assertThat(brakes.opening(RITA, "patient16")).contains(Stop.SECOND_PERSON);
    assertThat(brakes.ease(RITA, "once more")).isPresent();
    assertThat(written).anyMatch(each -> each.contains("tumour board on Friday"));
  }

  @Test
  void aSecondPersonAllowsABudgetMoreAndNeverTheirOwn() throws IOException {
    settled(RITA);
    open(RITA, 1, 10);
    brakes.ease(RITA, "tumour board");
    assertThat(open(RITA, 11, 16)).contains(Stop.SECOND_PERSON);
    assertThat(brakes.raised(Ward.ADMINISTRATOR))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.subject()).isEqualTo(SUBJECT);
          assertThat(each.stop()).contains(Stop.SECOND_PERSON);
          assertThat(each.purpose()).isEqualTo("tumour board");
        });
    assertThat(brakes.raised(RITA)).isEmpty();

    Caller self = new Caller.Person("rita", Role.ADMINISTRATOR, Set.of(Role.ADMINISTRATOR), PAGE);
    assertThat(brakes.allow(self, SUBJECT, "for myself")).isPresent();
    assertThat(brakes.allow(RITA, SUBJECT, "for myself")).isPresent();
    assertThat(brakes.allow(Ward.ADMINISTRATOR, SUBJECT, "")).isPresent();
    assertThat(brakes.allow(Ward.ADMINISTRATOR, SUBJECT, "I know of the board")).isEmpty();

    assertThat(open(RITA, 16, 25)).isEmpty();
    assertThat(brakes.opening(RITA, "patient26")).contains(Stop.SECOND_PERSON);
  }

  @Test
  void aTokenDrawsOnItsOwnersBudgetWhicheverDoorItTakes() throws IOException {
    settled(RITA);
    assertThat(open(RITA, 1, 5)).isEmpty();
    assertThat(open(TOKEN, 6, 10)).isEmpty();
    assertThat(brakes.opening(TOKEN, "patient11")).isPresent();
    assertThat(brakes.opening(RITA, "patient11")).isPresent();
  }

  @Test
  void whatIsListedCountsOnceADayAndStopsAtItsOwnBudget() throws IOException {
    settled(RITA);
    brakes.listed(RITA, studies(1, 60));
    brakes.listed(RITA, studies(1, 60));
    assertThat(brakes.listing(RITA)).isEmpty();
    brakes.listed(TOKEN, studies(50, 105));
    assertThat(brakes.listing(RITA)).contains(Stop.PURPOSE);
    assertThat(brakes.listing(TOKEN)).contains(Stop.PURPOSE);
    assertThat(brakes.opening(RITA, "patient1")).as("the other budget").isEmpty();
  }

  @Test
  void inTheFirstFortnightNobodyIsStoppedBeforeFiveTimesTheBudget() throws IOException {
    assertThat(open(RITA, 1, 50)).isEmpty();
    assertThat(brakes.standing(RITA).orElseThrow().learning()).isTrue();
    assertThat(brakes.opening(RITA, "patient51")).contains(Stop.SECOND_PERSON);
    assertThat(brakes.allow(Ward.ADMINISTRATOR, SUBJECT, "a migration")).isEmpty();
    assertThat(brakes.opening(RITA, "patient51")).isEmpty();
  }

  @Test
  void aDeviceHasNoFactorSoThatASecondPersonIsAskedAtOnce() throws IOException {
    settled(DEVICE);
    open(DEVICE, 1, 10);
    assertThat(brakes.opening(DEVICE, "patient11")).contains(Stop.SECOND_PERSON);
    assertThat(brakes.raised(Ward.WITNESS)).hasSize(1);
  }

  @Test
  void aNewDayBeginsWithFullBudgets() throws IOException {
    settled(RITA);
    open(RITA, 1, 10);
    brakes.ease(RITA, "tumour board");
    assertThat(open(RITA, 11, 16)).isPresent();
    clock.turn(Duration.ofDays(1));
    assertThat(open(RITA, 11, 20)).isEmpty();
    assertThat(brakes.opening(RITA, "patient21")).contains(Stop.PURPOSE);
  }

  @Test
  void aRestartForgetsNothingThatWasKept() throws IOException {
    settled(RITA);
    open(RITA, 1, 10);
    brakes.sweep();
    brakes = open();
    assertThat(brakes.opening(RITA, "patient3")).isEmpty();
    assertThat(brakes.opening(RITA, "patient11")).contains(Stop.PURPOSE);
  }

  @Test
  void theStepsAreToldByNameOnceEach() throws IOException {
    settled(RITA);
    events.clear();
    open(RITA, 1, 10);
    assertThat(events)
        .containsSubsequence(
            new ArchiveEvent.BudgetUsed(SUBJECT, 80), new ArchiveEvent.BudgetUsed(SUBJECT, 100))
        .hasSize(2);
    brakes.opening(DEVICE, "x");
    assertThat(brakes.standing(new Caller.Stranger(PAGE))).isEmpty();
  }
}
