package leadglass.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Gate;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Reach;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Tenants;
import leadglass.archive.Tokens;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.server.http.Audience;
import leadglass.server.http.Route;
import leadglass.server.scp.DicomServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may use which way in: as the running server lists its ways, asked of the running server, and
/// written down in `docs/access-matrix.md`. `-Dleadglass.matrix=write` writes it anew.
@SuppressWarnings("NullAway.Init")
class AccessMatrixTest {
  private static final Uid COMMITMENT = new Uid("1.2.840.10008.1.20.1");
  private static final Uid PERFORMED = new Uid("1.2.840.10008.3.1.2.3.3");

  private static final Path DOCUMENT =
      Path.of(System.getProperty("leadglass.root", "..")).resolve("docs/access-matrix.md");
  private static final Origin HERE = new Origin(Origin.Door.PAGE, "127.0.0.1");
  private static final String COOKIE = "__Host-leadglass";

  @TempDir private Path folder;
  private OpenArchive archive;
  private final Gate gate = new Gate();

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder));
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  /// Every way in over HTTPS, doors together.
  private List<Route> routes() {
    Comparator<Route> order = Comparator.comparing(Route::door);
    List<Route> all =
        archive.running.doors().routes().all().stream()
            .sorted(order.thenComparing(Route::pattern).thenComparing(Route::method))
            .toList();
    assertThat(all).hasSizeGreaterThan(50);
    return all;
  }

  private static Caller.Person person(Role role) {
    return new Caller.Person("somebody", role, EnumSet.of(role), HERE);
  }

  private static Caller.Program program(Role role) {
    return new Caller.Program("id", "somebody", Set.of(role), Set.of(Caller.Scope.values()), HERE);
  }

  private static Caller.Share share(boolean download) {
    return new Caller.Share("0".repeat(32), Set.of(new Uid("2.25.1")), download, HERE);
  }

  private static Caller.Patient patient() {
    return new Caller.Patient("0".repeat(32), Set.of("1".repeat(32)), HERE);
  }

  /// Ways in where people and programs are nobody.
  private static boolean isForOutsideAlone(Route route) {
    Audience audience = Audience.of(route.pattern());
    return audience == Audience.SHARES || audience == Audience.PATIENTS;
  }

  /// As far as the gate lets somebody go where they are somebody at all.
  private Reach reach(Caller caller, Route route) {
    boolean byLink = caller instanceof Caller.Share;
    boolean patient = caller instanceof Caller.Patient;
    boolean somebody =
        switch (Audience.of(route.pattern())) {
          case STAFF -> !byLink && !patient;
          case SHARES -> byLink;
          case PATIENTS -> patient;
          case ALL -> true;
        };
    return gate.reach(somebody ? caller : new Caller.Stranger(HERE), route.verb());
  }

  private static String word(Reach reach) {
    return switch (reach) {
      case NOTHING -> "·";
      case SHARED -> "theirs";
      case DAY_LIST -> "today";
      case EVERYTHING -> "yes";
    };
  }

  private String row(Route route) {
    StringBuilder row = new StringBuilder();
    row.append("| ").append(route.door() == Origin.Door.PAGE ? "page" : "DICOMweb");
    row.append(" | `").append(route).append("` | ").append(route.verb());
    row.append(" | ").append(route.fresh() ? "asked" : "·");
    row.append(" | ").append(word(gate.reach(new Caller.Stranger(HERE), route.verb())));
    for (Role role : Role.values()) {
      row.append(" | ").append(word(reach(person(role), route)));
    }
    row.append(" | ").append(word(reach(share(false), route)));
    row.append(" | ").append(word(reach(share(true), route)));
    row.append(" | ").append(word(reach(patient(), route)));
    // One that ended is nobody's session any more, and what one site knows no other does.
    String stranger = word(gate.reach(new Caller.Stranger(HERE), route.verb()));
    row.append((" | " + stranger).repeat(3));
    boolean never =
        route.fresh()
            || isForOutsideAlone(route)
            || EnumSet.allOf(Role.class).stream()
                .noneMatch(role -> gate.permits(program(role), route.verb()));
    return row.append(" | ").append(never ? "·" : "as its owner").append(" |\n").toString();
  }

  private String document() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Who may use which way in

        Made by a test from the lists that the running server serves by, and asked of that server, row by row and column by column; the build fails when
        they differ. `yes`: as far as the site goes. `today`: studies of today only. `·`: no; what lies outside looks exactly like what is not there. A
        person wears one role at a time. `fresh factor`: who did not prove a code or a passkey within five minutes is asked for
        one first. A token is its owner's: it may what the owner's roles may, as far as its scopes (read, write) go.
        `theirs`: the studies of the link, those a referrer was given, or a patient's own; `share` may look, `share+files` may save them too. Whoever came by a link is somebody under `/s/`
        only, a patient under `/my` only, and people and tokens in neither. Sites are told apart by host name; somebody of another site is a stranger.

        ## HTTPS

        | door | way in | verb | fresh factor | stranger\
        """);
    for (Role role : Role.values()) {
      text.append(" | ").append(role.word());
    }
    text.append(" | share | share+files | patient | expired share | ended patient | other site");
    text.append(" | token |\n|");
    text.append("---|".repeat(12 + Role.values().length)).append("\n");
    routes().forEach(route -> text.append(row(route)));
    text.append(
        """

        ## DIMSE

        Only a device whose certificate is enrolled, under its own AE title; everybody else's association is refused before anything is said.

        | SOP class | service | device | anybody else |
        |---|---|---|---|
        """);
    for (Uid uid : archive.running.doors().sopClasses().stream().sorted(order()).toList()) {
      boolean storage = Uids.storageSopClasses().contains(uid);
      Verb verb = storage ? Verb.STORE : DicomServer.verbs().getOrDefault(uid, Verb.KNOCK);
      assertThat(gate.permits(device(EnumSet.allOf(DeviceVerb.class)), verb)).isTrue();
      String service = service(uid, verb);
      text.append("| ").append(uid.value()).append(" | ").append(service);
      text.append(" | ").append(devices(verb)).append(" | · |\n");
    }
    return text.toString();
  }

  private static String service(Uid uid, Verb verb) {
    if (uid.equals(COMMITMENT)) {
      return "storage commitment";
    }
    return uid.equals(PERFORMED) ? "N-CREATE, N-SET" : service(verb);
  }

  private static String service(Verb verb) {
    return switch (verb) {
      case WORKLIST -> "C-FIND";
      case KNOCK -> "C-ECHO";
      case STORE -> "C-STORE";
      case FIND -> "C-FIND";
      case RETRIEVE -> "C-GET, C-MOVE";
      default -> throw new AssertionError("a service without a name: " + verb);
    };
  }

  private static Caller.Device device(Set<DeviceVerb> may) {
    return new Caller.Device("CT1", may, Optional.empty(), HERE);
  }

  /// Which devices may: all, or those enrolled to do one thing.
  private String devices(Verb verb) {
    List<String> needed =
        Arrays.stream(DeviceVerb.values())
            .filter(each -> !gate.permits(device(EnumSet.complementOf(EnumSet.of(each))), verb))
            .map(DeviceVerb::word)
            .toList();
    return needed.isEmpty() ? "yes" : "that may " + String.join(", ", needed);
  }

  private static Comparator<Uid> order() {
    return Comparator.comparing(Uid::value);
  }

  @Test
  void theDocumentSaysWhatTheServerServes() throws IOException {
    String now = document();
    if ("write".equals(System.getProperty("leadglass.matrix"))) {
      Files.writeString(DOCUMENT, now);
    }
    assertThat(DOCUMENT).as("made anew by -Dleadglass.matrix=write").content(UTF_8).isEqualTo(now);
  }

  private String session(Role role) throws IOException {
    People.Enrolment enrolment =
        Objects.requireNonNull(archive.premises.enrolments().get(role), "somebody in every role");
    People.SignIn signIn =
        archive
            .running
            .archive()
            .people()
            .signIn(
                HERE,
                role.word(),
                Premises.PASSWORD.toCharArray(),
                enrolment.codeAt(System.currentTimeMillis()));
    return COOKIE + "=" + ((People.SignIn.SignedIn) signIn).secret();
  }

  private int ask(Route route, String name, String value) throws IOException {
    return ask(route, name, value, "none");
  }

  private int ask(Route route, String name, String value, String share) throws IOException {
    String path =
        route
            .pattern()
            .replace("{share}", share)
            .replaceAll("\\{(study|series|instance|list)}", "1")
            .replace("{path...}", "7FE00010")
            .replaceAll("\\{[a-z]+}", "none");
    HttpRequest.Builder request = archive.web.request(path).header(name, value);
    if (!route.method().equals("GET")) {
      request
          .header("Sec-Fetch-Site", "same-origin")
          .header("Content-Type", "application/x-www-form-urlencoded")
          .method(route.method(), BodyPublishers.ofString("a=b"));
    }
    return archive.web.send(request).statusCode();
  }

  /// The same, where who is nobody is led away from a page.
  private static boolean let(Route route, int status) {
    return let(status) && !(isForOutsideAlone(route) && status == 303);
  }

  /// Whether the door let somebody through to whatever is behind it.
  private static boolean let(int status) {
    return status != 401 && status != 403;
  }

  @Test
  void theServerLetsThroughExactlyWhomTheMatrixNames() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      String cookie = session(role);
      for (Route route : routes()) {
        if (route.verb() == Verb.KNOCK || route.pattern().contains("/sign-out")) {
          continue; // anybody's; the others end the session
        }
        boolean may = reach(person(role), route) != Reach.NOTHING;
        int status = ask(route, "Cookie", cookie);
        // A page may refuse for another reason; then it says so in its own words.
        if (may ? status == 401 : let(route, status)) {
          wrong.add(role + " " + route + ": " + status);
        }
        boolean mayByToken = !route.fresh() && reach(program(role), route) != Reach.NOTHING;
        int byToken = ask(route, "Authorization", "Bearer " + archive.token(role));
        if (mayByToken ? byToken == 401 : let(route, byToken)) {
          wrong.add("token of " + role + " " + route + ": " + byToken);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theServerLetsThroughWhoeverCameByALinkAsTheMatrixSaysAndNobodyByAnEndedOne()
      throws IOException {
    List<String> wrong = new ArrayList<>();
    for (boolean download : List.of(false, true)) {
      Shared shared = Shared.open(archive, download);
      for (Route route : routes()) {
        if (route.verb() == Verb.KNOCK || route.pattern().endsWith("/close")) {
          continue; // anybody's; the other ends the session
        }
        boolean may = reach(share(download), route) != Reach.NOTHING;
        int status = ask(route, "Cookie", shared.cookie(), shared.id());
        if (may ? status == 401 || status == 403 : let(status) && status != 303) {
          wrong.add("share " + route + ": " + status);
        }
      }
      shared.stop();
      for (Route route : routes()) {
        if (route.verb() != Verb.KNOCK) {
          int status = ask(route, "Cookie", shared.cookie(), shared.id());
          if (status != 401 && status != 303) {
            wrong.add("ended share " + route + ": " + status);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theServerLetsThroughAPatientAsTheMatrixSaysAndNobodyWhoseAccountEnded() throws IOException {
    List<String> wrong = new ArrayList<>();
    Entered entered = Entered.into(archive);
    for (Route route : routes()) {
      if (route.verb() == Verb.KNOCK || route.pattern().endsWith("/leave")) {
        continue; // anybody's; the other ends the session
      }
      boolean may = reach(patient(), route) != Reach.NOTHING;
      int status = ask(route, "Cookie", entered.cookie());
      if (may ? status == 401 || status == 403 || status == 303 : let(status) && status != 303) {
        wrong.add("patient " + route + ": " + status);
      }
    }
    entered.stop();
    for (Route route : routes()) {
      if (route.verb() != Verb.KNOCK) {
        int status = ask(route, "Cookie", entered.cookie());
        if (status != 401 && status != 303) {
          wrong.add("ended patient " + route + ": " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theServerTakesSomebodyOfAnotherSiteForAStranger() throws IOException {
    Tenants.Site site = new Tenants.Site("north", "North", "north.example.org", "NORTH");
    List<SetUp.Person> people = new ArrayList<>();
    for (Role role : List.of(Role.ADMINISTRATOR, Role.RADIOLOGIST)) {
      people.add(new SetUp.Person(role.word(), Premises.PASSWORD.toCharArray(), role));
    }
    Tenants tenants = archive.running.archive().tenants();
    Tenants.Added.Done added =
        (Tenants.Added.Done) tenants.add(Premises.CONSOLE, site, List.copyOf(people));
    Archive other = tenants.named("north").orElseThrow();
    List<String> wrong = new ArrayList<>();
    for (People.Enrolment enrolment : added.enrolments()) {
      People.SignIn signIn =
          other
              .people()
              .signIn(
                  HERE,
                  enrolment.name(),
                  Premises.PASSWORD.toCharArray(),
                  enrolment.codeAt(System.currentTimeMillis()));
      String cookie = COOKIE + "=" + ((People.SignIn.SignedIn) signIn).secret();
      Tokens.Made made =
          other
              .tokens()
              .create(Premises.CONSOLE, enrolment.name(), Premises.SCOPES, Duration.ofDays(1));
      for (Route route : routes()) {
        if (route.verb() != Verb.KNOCK) {
          int status = ask(route, "Cookie", cookie);
          if (status != 401 && status != 303) {
            wrong.add(enrolment.name() + " of another site " + route + ": " + status);
          }
        }
      }
      // One is enough: who comes by the same wrong token again and again is slowed down.
      int byToken =
          archive
              .web
              .get(((Tokens.Made.Token) made).secret(), "/dicomweb/studies", "*/*")
              .statusCode();
      if (byToken != 401) {
        wrong.add("token of " + enrolment.name() + " of another site: " + byToken);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
