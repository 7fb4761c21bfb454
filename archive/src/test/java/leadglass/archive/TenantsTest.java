package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two sites in one archive, of which neither learns anything of the other.
class TenantsTest {
  private static final Origin HERE = new Origin(Origin.Door.PAGE, "127.0.0.1");
  private static final Caller CONSOLE =
      new Caller.Console("root", new Origin(Origin.Door.CONSOLE, "console"));
  private static final String PASSWORD = "quiet amber lanterns";
  private static final Tenants.Site NORTH =
      new Tenants.Site("north", "Clinic North", "north.example.org", "NORTH");

  private static final Question STUDIES =
      new Question(
          Question.Level.STUDY,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Set.of(),
          false,
          0,
          100,
          Optional.empty());

  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
    open.archive
        .setUp()
        .unattended(
            CONSOLE,
            "House",
            List.of(new SetUp.Person("mara", PASSWORD.toCharArray(), Role.ADMINISTRATOR)));
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private Tenants.Added add(Tenants.Site site) throws IOException {
    return open.archive
        .tenants()
        .add(
            CONSOLE,
            site,
            List.of(new SetUp.Person("noor", PASSWORD.toCharArray(), Role.ADMINISTRATOR)));
  }

  private Archive north() throws IOException {
    if (open.archive.tenants().named("north").isEmpty()) {
      assertThat(add(NORTH)).isInstanceOf(Tenants.Added.Done.class);
    }
    return open.archive.tenants().named("north").orElseThrow();
  }

  private static StoreOutcome store(Archive archive) throws IOException {
    byte[] file = Samples.file(Samples.with("2.25.77", _ -> {}));
    return archive
        .ingest()
        .storeFile(OpenArchive.reader(), Optional.empty(), new ByteArrayInputStream(file));
  }

  private static int found(Archive archive) throws IOException {
    return switch (archive.query().search(OpenArchive.reader(), STUDIES)) {
      case Query.Answer.Rows rows -> rows.rows().size();
      case Query.Answer.Refused refused -> throw new AssertionError(refused);
      case Query.Answer.Braked braked -> throw new AssertionError(braked);
    };
  }

  private static boolean isThere(Archive archive) throws IOException {
    return !OpenArchive.given(
            archive
                .retrieve()
                .open(
                    OpenArchive.reader(),
                    Look.IMAGES,
                    Samples.STUDY,
                    Optional.empty(),
                    Optional.empty()))
        .isEmpty();
  }

  @Test
  void theSameUidsMayLieInBothAndEachSeesItsOwn() throws IOException {
    Archive north = north();

    assertThat(store(north)).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(found(open.archive)).isZero();
    assertThat(isThere(open.archive)).isFalse();
    assertThat(isThere(north)).isTrue();

    assertThat(store(open.archive)).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(found(north)).isEqualTo(1);
    assertThat(found(open.archive)).isEqualTo(1);
  }

  @Test
  void sessionsAndTokensOfOneSiteOpenNothingInAnother() throws IOException {
    Archive north = north();
    List<People.Enrolment> enrolments =
        ((Tenants.Added.Done)
                add(new Tenants.Site("south", "Clinic South", "south.example.org", "SOUTH")))
            .enrolments();
    Archive south = open.archive.tenants().named("south").orElseThrow();
    String code = enrolments.getFirst().codeAt(OpenArchive.CLOCK.millis());

    People.SignIn signedIn = south.people().signIn(HERE, "noor", PASSWORD.toCharArray(), code);
    assertThat(signedIn).isInstanceOf(People.SignIn.SignedIn.class);
    String session = ((People.SignIn.SignedIn) signedIn).secret();
    assertThat(south.people().session(HERE, session)).isPresent();
    assertThat(north.people().session(HERE, session)).isEmpty();
    assertThat(open.archive.people().session(HERE, session)).isEmpty();

    Tokens.Made made =
        south.tokens().create(CONSOLE, "noor", EnumSet.of(Caller.Scope.READ), Duration.ofDays(1));
    String token = ((Tokens.Made.Token) made).secret();
    assertThat(south.tokens().verify(HERE, token)).isPresent();
    assertThat(north.tokens().verify(HERE, token)).isEmpty();
    assertThat(open.archive.tokens().verify(HERE, token)).isEmpty();
  }

  @Test
  void anAdministratorSeesThePeopleOfTheirOwnSite() throws IOException {
    Caller administrator = OpenArchive.person(Role.ADMINISTRATOR);
    assertThat(north().people().list(administrator))
        .extracting(People.Account::name)
        .containsExactly("noor");
    assertThat(open.archive.people().list(administrator))
        .extracting(People.Account::name)
        .containsExactly("mara");
  }

  @Test
  void whatIsOfTheWholeArchiveIsNoBusinessOfAFurtherSite() throws IOException {
    Archive north = north();
    Caller administrator =
        new Caller.Person("mara", Role.ADMINISTRATOR, Set.of(Role.ADMINISTRATOR), HERE);

    assertThat(north.status(administrator)).isEmpty();
    assertThat(north.concerns(administrator)).isEmpty();
    assertThat(north.custody().state(administrator)).isEmpty();
    assertThat(north.packs().verify(administrator, Optional.empty(), (_, _) -> {})).isEmpty();
    assertThat(open.archive.status(administrator)).isPresent();
    assertThat(open.archive.tenants().list(administrator)).containsExactly(NORTH);
  }

  @Test
  void sitesAreToldApartByHostNameAndCalledAeTitle() throws IOException {
    Archive north = north();
    assertThat(open.archive.tenants().at("north.example.org")).containsSame(north);
    assertThat(open.archive.tenants().called("NORTH")).containsSame(north);
    assertThat(open.archive.tenants().at("elsewhere.example.org")).isEmpty();
    assertThat(open.archive.tenants().byHost()).containsOnly(Map.entry("north.example.org", north));
  }

  @Test
  void aSiteThatCantBeToldApartIsRefused() throws IOException {
    north();
    for (Tenants.Site wrong :
        List.of(
            new Tenants.Site("north", "Other", "other.example.org", "OTHER"),
            new Tenants.Site("other", "Other", "north.example.org", "OTHER"),
            new Tenants.Site("other", "Other", "other.example.org", "NORTH"),
            new Tenants.Site("Other", "Other", "other.example.org", "OTHER"),
            new Tenants.Site("other", "", "other.example.org", "OTHER"),
            new Tenants.Site("other", "Other", "127.0.0.1", "OTHER"),
            new Tenants.Site("other", "Other", "localhost", "OTHER"),
            new Tenants.Site("other", "Other", "other.example.org", "A\\B"))) {
      assertThat(add(wrong)).isInstanceOf(Tenants.Added.Refused.class);
    }
    assertThat(open.archive.tenants().all()).hasSize(1);
  }

  @Test
  void onlyTheConsoleAddsASite() throws IOException {
    assertThat(open.archive.tenants().add(OpenArchive.person(Role.ADMINISTRATOR), NORTH, List.of()))
        .isInstanceOf(Tenants.Added.Refused.class);
  }

  @Test
  void aSiteWithoutAUsablePasswordWaitsAndIsFinishedLater() throws IOException {
    Tenants.Added first =
        open.archive
            .tenants()
            .add(
                CONSOLE,
                NORTH,
                List.of(new SetUp.Person("mara", "short".toCharArray(), Role.ADMINISTRATOR)));
    assertThat(first).isInstanceOf(Tenants.Added.Refused.class);
    assertThat(add(NORTH)).isInstanceOf(Tenants.Added.Done.class);
    assertThat(open.archive.tenants().all()).hasSize(1);
  }

  @Test
  void allIsThereAfterARestartAndTheTrailNamesTheSite() throws IOException {
    store(north());
    open.close();
    open = OpenArchive.in(folder);

    Archive north = open.archive.tenants().named("north").orElseThrow();
    assertThat(north.setUp().done()).isTrue();
    assertThat(isThere(north)).isTrue();
    assertThat(isThere(open.archive)).isFalse();
    assertThat(open.archive.setUp().site()).contains("House");
    assertThat(open.trail())
        .anyMatch(entry -> entry.contains("STORED") && entry.contains("\"site\":\""))
        .anyMatch(entry -> entry.contains("site added: north") && !entry.contains("\"site\":\""));
  }
}
