package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsoleActsTest {
  private static final AuditTrail.Who ROOT = new AuditTrail.Who("console", "root", null);
  private static final Caller.Person ADA =
      new Caller.Person("ada", Role.ADMINISTRATOR, Set.of(Role.ADMINISTRATOR), Premises.PAGE);
  private static final Caller.Person EVA =
      new Caller.Person("eva", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), Premises.PAGE);

  private final Premises premises = new Premises();
  private final List<String> trail = new ArrayList<>();
  private final ConsoleActs acts =
      new ConsoleActs(
          premises.registry, new Gate(), premises.clock, (_, _, _, detail) -> trail.add(detail));

  @Test
  void eachActStandsUntilAnAdministratorSaysTheyHaveSeenIt() throws Exception {
    premises.founded();
    acts.noticed(ROOT, "account disabled: eva");
    acts.noticed(new AuditTrail.Who("person", "ada", "administrator"), "account disabled: max");
    assertThat(acts.list(EVA)).isEmpty();
    ConsoleActs.Seen seen = acts.list(ADA).getFirst();
    assertThat(seen.what()).isEqualTo("account disabled: eva");
    assertThat(acts.acknowledge(EVA, seen.name(), 1)).isEqualTo(new Ruling.NotThere());
    Caller console = premises.console;
    assertThat(acts.acknowledge(console, seen.name(), 1)).isEqualTo(new Ruling.NotThere());
    assertThat(acts.acknowledge(ADA, seen.name(), 1)).isInstanceOf(Ruling.Done.class);
    assertThat(acts.list(ADA)).isEmpty();
    assertThat(trail)
        .containsExactly("seen what was done at the console by root: account disabled: eva");
  }

  @Test
  void whatIsDoneAgainIsCountedAndSeenAnew() throws Exception {
    premises.founded();
    acts.noticed(ROOT, "sessions ended: eva");
    ConsoleActs.Seen once = acts.list(ADA).getFirst();
    premises.clock.turn(Duration.ofHours(1));
    acts.noticed(ROOT, "sessions ended: eva");
    assertThat(acts.acknowledge(ADA, once.name(), once.count())).isEqualTo(new Ruling.NotThere());
    ConsoleActs.Seen twice = acts.list(ADA).getFirst();
    assertThat(twice.count()).isEqualTo(2);
    assertThat(twice.lastMillis() - twice.firstMillis()).isEqualTo(3_600_000);
  }

  @Test
  void beforeSetUpThereIsNobodyToBeTold() throws Exception {
    acts.noticed(ROOT, "archive set up: Northlight");
    premises.founded();
    assertThat(acts.list(ADA)).isEmpty();
  }

  @Test
  void moreThanAThousandDifferentOnesAreCountedTogether() throws Exception {
    premises.founded();
    for (int i = 0; i < ConsoleActs.APART_MAX + 5; i++) {
      acts.noticed(ROOT, "token made: " + i);
    }
    assertThat(acts.list(ADA)).hasSize(ConsoleActs.APART_MAX + 1);
    assertThat(acts.list(ADA)).filteredOn(each -> each.count() == 5).hasSize(1);
  }
}
