package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an auditor reads, and signs off once a week, over the trail of a real archive.
@SuppressWarnings("NullAway.Init")
class AuditDeskTest {
  private static final Uid FIRST = new Uid("2.25.1");
  private static final Uid OTHER = new Uid("2.25.2");
  private static final Origin WEB = new Origin(Origin.Door.DICOMWEB, "192.0.2.7");
  private static final Caller TESS = person("tess", Role.AUDITOR);
  private static final Caller RITA = person("rita", Role.RADIOLOGIST);
  private static final Caller SAMPLE = person("sample", Role.RADIOLOGIST);
  private static final Caller CONSOLE =
      new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));
  private static final String WEEK = "2024-W09";

  /// Thursday noon, Thursday night, and the Monday after.
  private static final String NOON = "2024-02-29T12:00:00Z";

  private static final String NIGHT = "2024-02-29T23:00:00Z";
  private static final String MONDAY = "2024-03-04T09:00:00Z";

  @TempDir private Path folder;
  private OpenArchive open;

  private static Caller person(String name, Role role) {
    return new Caller.Person(name, role, Set.of(role), WEB);
  }

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder, at(NOON));
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }

  private void reopen(String instant) throws IOException {
    open.close();
    open = OpenArchive.in(folder, at(instant));
  }

  private void setUp(String... auditors) throws IOException {
    List<SetUp.Person> people = new ArrayList<>();
    people.add(
        new SetUp.Person("ada", "violet harbour 71 lamps".toCharArray(), Role.ADMINISTRATOR));
    for (String each : auditors) {
      people.add(new SetUp.Person(each, "violet harbour 71 lamps".toCharArray(), Role.AUDITOR));
    }
    SetUp.Unattended _ = open.archive.setUp().unattended(CONSOLE, "Test Imaging", people);
  }

  private void store(Uid study, String patient) throws IOException {
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(study.value() + ".1.1"))
            .text(Tag.STUDY_DATE, Vr.DA, "20240229")
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea")
            .text(Tag.PATIENT_ID, Vr.LO, patient)
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study.value() + ".1"));
    assertThat(open.store(Samples.pixels(made, 1, 0).build()))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  private void take(Caller caller, Uid study) throws IOException {
    Retrieve.Answer answer =
        open.archive
            .retrieve()
            .open(caller, Look.IMAGES, study, Optional.empty(), Optional.empty());
    for (Held held : OpenArchive.given(answer)) {
      held.writeFile(OutputStream.nullOutputStream(), false);
    }
  }

  private AuditView view() {
    return open.archive.auditDesk().view();
  }

  private Reviews reviews() {
    return open.archive.auditDesk().reviews();
  }

  private AuditView.Page page(AuditView.Filter filter, AuditView.Order order) throws IOException {
    return view().page(TESS, filter, order, OptionalLong.empty()).orElseThrow();
  }

  private static AuditView.Filter about(AuditView.Whose whose) {
    return new AuditView.Filter(AuditLog.Range.ALL, "", Optional.empty(), Optional.empty(), whose);
  }

  @Test
  void filtersTellWhatWasDoneWithWhoseStudyAndByWhom() throws IOException {
    store(FIRST, "ID-1");
    store(OTHER, "ID-2");
    take(RITA, FIRST);
    take(RITA, OTHER);
    AuditView.Page theirs =
        page(about(new AuditView.Whose.Patient("", "ID-1")), AuditView.Order.OLDEST_FIRST);
    assertThat(theirs.rows())
        .extracting(AuditView.Row::act, AuditView.Row::by, row -> row.of().orElseThrow().study())
        .containsExactly(
            tuple(Act.STORED, "person mara", Optional.of(FIRST.value())),
            tuple(Act.RETRIEVED, "person rita", Optional.of(FIRST.value())));
    AuditView.Of of = theirs.rows().getFirst().of().orElseThrow();
    assertThat(of.patient()).contains("ID-1");
    assertThat(theirs.next()).isEmpty();
    for (AuditView.Whose same :
        List.of(
            new AuditView.Whose.Pseudonymous(of.pseudonym()),
            new AuditView.Whose.OfStudy(of.name()),
            new AuditView.Whose.OfStudy(FIRST.value()))) {
      assertThat(page(about(same), AuditView.Order.OLDEST_FIRST).rows()).isEqualTo(theirs.rows());
      assertThat(page(about(same), AuditView.Order.NEWEST_FIRST).rows())
          .isEqualTo(theirs.rows().reversed());
    }
    assertThat(
            page(about(new AuditView.Whose.OfStudy("2.25.9")), AuditView.Order.NEWEST_FIRST).rows())
        .isEmpty();
    AuditView.Filter hers =
        new AuditView.Filter(
            AuditLog.Range.ALL,
            "rita",
            Optional.of(Act.RETRIEVED),
            Optional.of(true),
            new AuditView.Whose.Anybody());
    assertThat(page(hers, AuditView.Order.NEWEST_FIRST).rows())
        .extracting(row -> row.of().flatMap(AuditView.Of::patient).orElse(""))
        .containsExactly("ID-2", "ID-1");
  }

  @Test
  void pagesGoThroughAllOfALongTrailFromEitherEnd() throws IOException {
    for (int i = 0; i < 450; i++) {
      open.archive.auditLog().activity((Caller.Console) CONSOLE, true, "v" + i);
    }
    AuditView.Filter starts =
        new AuditView.Filter(
            AuditLog.Range.ALL,
            "tester",
            Optional.of(Act.ACTIVITY),
            Optional.empty(),
            new AuditView.Whose.Anybody());
    for (AuditView.Order order : AuditView.Order.values()) {
      List<String> told = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      OptionalLong cursor = OptionalLong.empty();
      do {
        AuditView.Page page = view().page(TESS, starts, order, cursor).orElseThrow();
        page.rows().forEach(row -> told.add(row.what().replaceFirst(".*, ", "")));
        sizes.add(page.rows().size());
        cursor = page.next();
      } while (cursor.isPresent());
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 450; i++) {
        expected.add("v" + (order == AuditView.Order.OLDEST_FIRST ? i : 449 - i));
      }
      assertThat(told).isEqualTo(expected);
      assertThat(sizes.subList(0, 2)).containsExactly(200, 200);
    }
    List<String> exported = new ArrayList<>();
    view().reading(TESS, starts).orElseThrow().to(row -> exported.add(row.what()));
    assertThat(exported).hasSize(450);
  }

  @Test
  void whoeverMayNotReadTheTrailIsRefusedAndWhoeverReadsItStandsInIt() throws IOException {
    assertThat(
            view()
                .page(
                    RITA, AuditView.Filter.ALL, AuditView.Order.NEWEST_FIRST, OptionalLong.empty()))
        .isEmpty();
    assertThat(view().reading(RITA, AuditView.Filter.ALL)).isEmpty();
    assertThat(open.archive.auditDesk().counts().seen(RITA)).isEmpty();
    assertThat(reviews().weeks(RITA)).isEmpty();
    assertThat(reviews().queue(RITA, WEEK)).isEmpty();
    assertThat(reviews().sign(RITA, WEEK, "all is well")).isInstanceOf(Ruling.NotThere.class);
    AuditView.Page page = page(AuditView.Filter.ALL, AuditView.Order.NEWEST_FIRST);
    assertThat(page.rows().getFirst().act()).isEqualTo(Act.LOG_USED);
    assertThat(page.rows().getFirst().by()).isEqualTo("person tess");
    assertThat(page.rows())
        .filteredOn(row -> row.act() == Act.LOG_USED && !row.success())
        .hasSize(4)
        .allMatch(row -> row.what().startsWith("refused: "));
  }

  @Test
  void aWeekIsSignedOffOnceWhenItIsOverByWordsThatNameNobody() throws IOException {
    setUp("tess", "toni");
    store(FIRST, "ID-1");
    reopen(NIGHT);
    take(RITA, FIRST);
    take(SAMPLE, FIRST);
    assertThat(reviews().sign(TESS, WEEK, "all is well")).isInstanceOf(Ruling.Refused.class);
    reopen(MONDAY);
    Reviews.Queue queue = reviews().queue(TESS, WEEK).orElseThrow();
    assertThat(queue.week().over()).isTrue();
    assertThat(queue.items())
        .extracting(ReviewItem::kind, ReviewItem::subject)
        .contains(
            tuple(ReviewItem.Kind.NIGHT, "person rita"),
            tuple(ReviewItem.Kind.NIGHT, "person sample"),
            tuple(ReviewItem.Kind.OWN_NAME, "person sample"))
        .doesNotContain(tuple(ReviewItem.Kind.OWN_NAME, "person rita"));
    assertThat(reviews().open(TESS)).isEqualTo(1);
    assertThat(reviews().sign(TESS, WEEK, "it was about Bea")).isInstanceOf(Ruling.Refused.class);
    assertThat(reviews().sign(TESS, "2024-W08", "before")).isInstanceOf(Ruling.NotThere.class);
    assertThat(reviews().sign(TESS, WEEK, "on call, both")).isInstanceOf(Ruling.Done.class);
    assertThat(reviews().sign(TESS, WEEK, "again")).isInstanceOf(Ruling.NotThere.class);
    assertThat(reviews().open(TESS)).isZero();
    reopen(MONDAY);
    assertThat(reviews().queue(TESS, WEEK).orElseThrow().week().signed().orElseThrow().remark())
        .isEqualTo("on call, both");
    assertThat(open.trail())
        .filteredOn(entry -> entry.contains("REVIEWED"))
        .singleElement()
        .asString()
        .contains("week 2024-W09 signed off", "on call, both", "tess");
  }

  private void nightOfTheAuditor() throws IOException {
    store(FIRST, "ID-1");
    reopen(NIGHT);
    take(person("tess", Role.RADIOLOGIST), FIRST);
    reopen(MONDAY);
  }

  @Test
  void whatIsAboutAnAuditorIsSignedOffByAnother() throws IOException {
    setUp("tess", "toni");
    nightOfTheAuditor();
    assertThat(reviews().sign(TESS, WEEK, "it was me")).isInstanceOf(Ruling.Refused.class);
    assertThat(reviews().sign(person("toni", Role.AUDITOR), WEEK, "asked her"))
        .isInstanceOf(Ruling.Done.class);
  }

  @Test
  void whereThereIsNoOtherAuditorSomebodyElseLooksAtItTooAndSeesNoPatient() throws IOException {
    setUp("tess");
    nightOfTheAuditor();
    assertThat(reviews().sign(TESS, WEEK, "it was me")).isInstanceOf(Ruling.Done.class);
    assertThat(reviews().open(TESS)).isEqualTo(1);
    Caller ada = person("ada", Role.ADMINISTRATOR);
    assertThat(reviews().asked(RITA)).isEmpty();
    assertThat(reviews().asked(ada))
        .singleElement()
        .satisfies(asked -> {
          assertThat(asked.by()).isEqualTo("tess");
          assertThat(asked.items()).extracting(ReviewItem::kind).contains(ReviewItem.Kind.NIGHT);
          assertThat(asked.items()).allMatch(item -> item.patient().isEmpty());
        });
    assertThat(reviews().witness(person("tess", Role.WITNESS), WEEK))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(reviews().witness(ada, WEEK)).isInstanceOf(Ruling.Done.class);
    assertThat(reviews().witness(ada, WEEK)).isInstanceOf(Ruling.NotThere.class);
    assertThat(reviews().open(TESS)).isZero();
  }

  @Test
  void weeksThatNobodySignsAreOverdueAfterFourteenDays() throws IOException {
    setUp("tess");
    reopen("2024-03-17T23:59:00Z");
    assertThat(reviews().open(TESS)).isEqualTo(2);
    assertThat(reviews().overdue(CONSOLE)).isZero();
    reopen("2024-03-18T00:00:00Z");
    assertThat(reviews().overdue(CONSOLE)).isEqualTo(1);
    assertThat(reviews().overdue(RITA)).isZero();
  }

  @Test
  void whoLooksAtNightForOnceAndAtManyMoreThanUsualStandsOut() throws IOException {
    for (int i = 1; i <= 21; i++) {
      store(new Uid("2.25." + i), "ID-" + i);
    }
    take(RITA, FIRST);
    take(SAMPLE, FIRST);
    reopen("2024-03-01T12:00:00Z");
    for (int i = 1; i <= 21; i++) {
      take(RITA, new Uid("2.25." + i));
    }
    AccessCounts counts = open.archive.auditDesk().counts();
    AccessCounts.Seen before = counts.seen(TESS).orElseThrow();
    assertThat(before.days()).hasSize(AccessCounts.DAYS);
    assertThat(before.days().getLast().looks()).isEqualTo(21);
    assertThat(before.days().get(AccessCounts.DAYS - 2).people()).isEqualTo(2);
    assertThat(before.outliers())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.subject()).isEqualTo("person rita");
          assertThat(one.why()).contains("21 patients today", "usual on a day of work: 1");
        });
    take(SAMPLE, OTHER);
    assertThat(counts.seen(TESS).orElseThrow().days().getLast().looks()).isEqualTo(22);
    reopen("2024-03-02T02:00:00Z");
    take(SAMPLE, OTHER);
    assertThat(open.archive.auditDesk().counts().seen(TESS).orElseThrow().outliers())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.subject()).isEqualTo("person sample");
          assertThat(one.why()).contains("1 look between 22:00 and 06:00, today");
        });
  }

  @Test
  void aMedianIsTheMiddle() {
    assertThat(AccessCounts.median(new int[] {})).isZero();
    assertThat(AccessCounts.median(new int[] {3})).isEqualTo(3);
    assertThat(AccessCounts.median(new int[] {1, 2, 9, 10})).isEqualTo(5.5);
  }
}
