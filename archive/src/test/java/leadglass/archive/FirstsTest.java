package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstsTest {
  private static final DataSet OTHER = study("Fiction^Zoë");
  private final HandClock clock = new HandClock();
  private final MemoryRegistry registry = new MemoryRegistry();
  private final List<ArchiveEvent> events = new ArrayList<>();
  private final List<String> trail = new ArrayList<>();
  private final Caller reader = Ward.person("mara.oko", Role.RADIOLOGIST);
  private Firsts firsts = opened();

  private Firsts opened() {
    return new Firsts(
        registry,
        new Brakes.Limits(6, 100),
        new Gate(),
        (_, _, _, detail) -> trail.add(detail),
        clock,
        ZoneOffset.UTC,
        events::add);
  }

  private static DataSet study(String name) {
    return DataSet.builder().utf8().text(Tag.PATIENT_NAME, Vr.PN, name).build();
  }

  @BeforeEach
  void atNoon() {
    int hour = clock.instant().atZone(ZoneOffset.UTC).getHour();
    clock.turn(Duration.ofHours((36 - hour) % 24));
  }

  @Test
  void aDayOfUsualWorkIsNothingNew() throws IOException {
    firsts.opened(reader, "a", OTHER);
    firsts.opened(reader, "b", OTHER);
    firsts.opened(reader, "a", OTHER);
    assertThat(events).isEmpty();
  }

  @Test
  void theFirstNightIsToldAndTheSecondIsNot() throws IOException {
    clock.turn(Duration.ofHours(11));
    firsts.opened(reader, "a", OTHER);
    firsts.opened(reader, "a", OTHER);
    clock.turn(Duration.ofDays(1));
    firsts.opened(reader, "a", OTHER);
    assertThat(events)
        .containsExactly(new ArchiveEvent.FirstTime("person mara.oko", Firsts.Pattern.NIGHT));
    assertThat(trail).containsExactly("for the first time: opened patients at night");
  }

  @Test
  void halfOfADaysBudgetIsMany() throws IOException {
    for (String patient : List.of("a", "b", "c", "d")) {
      firsts.opened(reader, patient, OTHER);
    }
    assertThat(events)
        .containsExactly(new ArchiveEvent.FirstTime("person mara.oko", Firsts.Pattern.MANY));
  }

  @Test
  void aPatientOfOnesOwnNameIsTold() throws IOException {
    firsts.opened(reader, "a", study("Óko^Jan"));
    assertThat(events)
        .containsExactly(new ArchiveEvent.FirstTime("person mara.oko", Firsts.Pattern.OWN_NAME));
    assertThat(trail.toString()).doesNotContain("Jan");
  }

  @Test
  void aPersonsTokenIsThatPerson() throws IOException {
    Caller program =
        new Caller.Program(
            "id", "mara.oko", Set.of(Role.RADIOLOGIST), Set.of(Caller.Scope.READ), Ward.PAGE);
    clock.turn(Duration.ofHours(11));
    firsts.opened(program, "a", OTHER);
    firsts.opened(reader, "a", OTHER);
    assertThat(events).hasSize(1);
  }

  @Test
  void administratorsAndAuditorsSeeItForAWeekAndARestartForgetsNothing() throws IOException {
    firsts.opened(reader, "a", study("Oko^Jan"));
    firsts = opened();
    firsts.opened(reader, "a", study("Oko^Jan"));
    assertThat(events).hasSize(1);
    assertThat(firsts.recent(Ward.ADMINISTRATOR))
        .extracting(Firsts.First::pattern)
        .containsExactly(Firsts.Pattern.OWN_NAME);
    assertThat(firsts.recent(Ward.person("olga", Role.AUDITOR))).hasSize(1);
    assertThat(firsts.recent(reader)).isEmpty();
    clock.turn(Duration.ofDays(8));
    assertThat(firsts.recent(Ward.ADMINISTRATOR)).isEmpty();
  }
}
