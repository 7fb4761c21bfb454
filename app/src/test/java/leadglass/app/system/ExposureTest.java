package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import leadglass.app.Failure;
import leadglass.app.Running;
import leadglass.app.config.Config;
import leadglass.app.config.MailConfig;
import leadglass.app.config.OutsideConfig;
import leadglass.app.exposure.ExposureEvent;
import leadglass.app.mail.MailServer;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;
import leadglass.survey.scope.Attestation;
import leadglass.survey.scope.Ground;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;
import leadglass.survey.scope.Ticket;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An archive looks at its own doors, as a stranger would.
class ExposureTest {
  private static final OutsideConfig OUTSIDE =
      new OutsideConfig("127.0.0.1", 0, List.of("localhost"), Optional.empty(), Optional.empty());

  private final YearClock clock = new YearClock(Instant.now());
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  @TempDir private Path folder;

  private Running start(Premises premises, OutsideConfig outside, MailConfig mail)
      throws IOException {
    return start(premises, outside, mail, Optional.empty(), List.of());
  }

  private Running start(
      Premises premises,
      OutsideConfig outside,
      MailConfig mail,
      Optional<String> listen,
      List<String> names)
      throws IOException {
    Config usual = Config.defaults().with(Optional.of(0), Optional.of(0), listen, names);
    Config config =
        new Config(
            usual.keyFile(),
            usual.kms(),
            usual.s3(),
            usual.brakes(),
            usual.oidc(),
            usual.web(),
            outside,
            usual.dimse(),
            usual.audit(),
            usual.witness(),
            mail);
    try {
      return Running.start(
          premises.home(clock), premises.open(clock, events::add), config, "", events::add);
    } catch (Failure e) {
      throw new IOException(e);
    }
  }

  private Running start(Premises premises, OutsideConfig outside) throws IOException {
    return start(premises, outside, MailConfig.defaults());
  }

  private static Exposure exposure(Running running) {
    return running.archive().securityEvidence().exposure();
  }

  private static ExposureCheck looked(Running running) throws IOException {
    return ((Exposure.Asked.Done) exposure(running).run(Premises.CONSOLE)).check();
  }

  private static Exposure.Standing standing(Running running) {
    return exposure(running).standing(Premises.CONSOLE, 60).orElseThrow();
  }

  private static Command run(Premises premises, Object... words) {
    Object[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--data";
    all[words.length + 1] = premises.data();
    return Command.run(all);
  }

  private static void lane(Premises premises, String title, String from, LocalDate until) {
    Command made =
        run(
            premises,
            "device",
            "add",
            title,
            "--lane",
            "--from",
            from,
            "--listen",
            "127.0.0.1",
            "--owner",
            "Ada Poe",
            "--until",
            until);
    assertThat(made.exit()).as(made.err()).isZero();
  }

  private static List<String> notClosed(ExposureCheck check) {
    return check.doors().stream()
        .flatMap(door ->
            door.findings().stream()
                .filter(each -> each.level() > 0 || each.verdict().startsWith("CAN'T"))
                .map(each -> door.name() + ": " + each.decision() + " " + each.words()))
        .toList();
  }

  @Test
  void everyDoorOfAUsualArchiveIsClosedAndTheLookLeavesNoTroubleBehind() throws IOException {
    Premises premises = Premises.in(folder);
    try (Running running = start(premises, OUTSIDE)) {
      assertThat(standing(running).words()).isEqualTo("?");
      assertThat(run(premises, "status").out()).contains("exposure     ?, nobody has looked yet");
      ExposureCheck check = looked(running);
      assertThat(notClosed(check)).isEmpty();
      assertThat(check.grade()).isEqualTo("A");
      assertThat(check.vantage()).isEqualTo("inside");
      assertThat(check.doors().stream().map(ExposureCheck.Door::name))
          .containsExactly("Web", "Web, for people outside", "DICOM over TLS");
      assertThat(check.doors().getFirst().findings()).hasSizeGreaterThan(5);
      assertThat(running.archive().doctor().last(Premises.CONSOLE)).isEmpty();
      assertThat(running.archive().outside().seen(Premises.CONSOLE)).isEmpty();
      assertThat(run(premises, "status").out())
          .containsPattern("exposure     A at \\S+ from inside");
      assertThat(run(premises, "exposure", "show").out()).contains("Grade A at");
      assertThat(run(premises, "exposure", "show", "--json").out()).contains("\"grade\" : \"A\"");
    }
    List<String> refused =
        premises.audit(clock).stream()
            .filter(each -> "stranger".equals(each.kind()))
            .map(each -> each.door() + " " + each.from() + ": " + each.detail())
            .toList();
    // It is a stranger like any other: noted once, then counted.
    assertThat(refused)
        .hasSizeLessThan(4)
        .allMatch(each -> each.startsWith("DIMSE 127.0.0.1: no enrolled certificate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pacs.example.org"})
  void anotherAddressANameAndALaneForThisVeryMachineAreNoWorse(String name) throws IOException {
    Premises premises = Premises.in(folder);
    List<String> names = name.isEmpty() ? List.of() : List.of(name);
    MailConfig none = MailConfig.defaults();
    OutsideConfig outside =
        new OutsideConfig(
            "127.0.0.3", 0, List.of("images.example.org"), Optional.empty(), Optional.empty());
    try (Running running = start(premises, outside, none, Optional.of("127.0.0.2"), names)) {
      LocalDate until = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(2);
      lane(premises, "US4", "127.0.0.1", until);
      ExposureCheck check = looked(running);
      assertThat(notClosed(check)).isEmpty();
      assertThat(check.grade()).isEqualTo("A");
      assertThat(check.doors().getFirst().findings()).hasSizeGreaterThan(5);
      // To its own device a lane answers: it is not asked.
      assertThat(check.doors().getLast().findings()).hasSize(1);
      assertThat(running.archive().doctor().last(Premises.CONSOLE)).isEmpty();
    }
  }

  @Test
  void aLanePastItsEndIsGradeBAndAnnouncedUntilItIsGone() throws Exception {
    Premises premises = Premises.in(Files.createDirectory(folder.resolve("premises")));
    LocalDate until = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(2);
    MailServer server = mail();
    try (server;
        Running running = start(premises, OutsideConfig.defaults(), config(server))) {
      lane(premises, "US3", "127.0.0.9", until);
      ExposureCheck open = looked(running);
      assertThat(open.grade()).as(open.doors().toString()).isEqualTo("A");
      assertThat(open.doors().getLast().name()).isEqualTo("Lane US3");
      assertThat(running.archive().doctor().last(Premises.CONSOLE)).isEmpty();
      assertThat(exposure(running).drop(Premises.CONSOLE)).isEmpty();

      clock.forth(Duration.ofDays(4));
      running.archive().sweep();
      ExposureCheck ended = looked(running);
      assertThat(ended.grade()).as(ended.doors().toString()).isEqualTo("B");
      assertThat(ended.worst()).isEqualTo(1);
      assertThat(ended.why()).hasValueSatisfying(why -> assertThat(why).startsWith("Lane US3: "));
      assertThat(awaited(ExposureEvent.ExposureDropped.class))
          .isEqualTo(new ExposureEvent.ExposureDropped("A", "B"));
      assertThat(news(server)).contains("Exposure grade B, before A").doesNotContain("US3");
      assertThat(exposure(running).drop(Premises.CONSOLE)).isPresent();
      assertThat(run(premises, "exposure", "show").out()).contains("worse than it was: A before");

      assertThat(run(premises, "device", "revoke", "US3", "--reason", "sold").exit()).isZero();
      assertThat(looked(running).grade()).isEqualTo("A");
      assertThat(exposure(running).drop(Premises.CONSOLE)).isEmpty();
      assertThat(standing(running).days().getLast().grade()).isEqualTo("B");
    }
    assertThat(premises.audit(clock).stream().map(each -> String.valueOf(each.detail())))
        .contains("exposure checked, it is worse: grade B, before A");
  }

  @Test
  void whatWasFoundOutlivesTheProcessAndGrowsOld() throws IOException {
    Premises premises = Premises.in(folder);
    try (Running running = start(premises, OutsideConfig.defaults())) {
      looked(running);
    }
    clock.forth(Duration.ofDays(9));
    try (Running running = start(premises, OutsideConfig.defaults())) {
      Exposure.Standing now = standing(running);
      assertThat(now.words()).isEqualTo("A, 9 days old");
      assertThat(now.days()).hasSize(60);
      assertThat(now.days().get(50).grade()).isEqualTo("A");
      assertThat(now.days().getLast().grade()).isEmpty();
      looked(running);
      assertThat(standing(running).words()).isEqualTo("A");
    }
    clock.forth(Duration.ofDays(Exposure.DAYS_KEPT - 5));
    try (Running running = start(premises, OutsideConfig.defaults())) {
      looked(running);
      Exposure.Standing now = exposure(running).standing(Premises.CONSOLE, 120).orElseThrow();
      assertThat(now.days().stream().filter(day -> !day.grade().isEmpty())).hasSize(2);
    }
    assertThat(run(premises, "exposure", "show").out()).contains("Grade A at");
    Command blind = run(premises, "exposure", "check");
    assertThat(blind.exit()).isEqualTo(1);
    assertThat(blind.err()).contains("does not run");
  }

  @Test
  void theTicketIsProvedByTheDoorPeopleOutsideComeTo() throws IOException {
    Premises premises = Premises.in(folder);
    for (OutsideConfig outside : List.of(OutsideConfig.defaults(), OUTSIDE)) {
      try (Running running = start(premises, outside)) {
        Command printed = run(premises, "exposure", "ticket", "--host", "images.example.org");
        assertThat(printed.exit()).as(printed.err()).isZero();
        assertThat(printed.out())
            .startsWith("leadglass check images.example.org --ports ")
            .contains("--i-answer-for \"Test Imaging; YOUR NAME; owner\"");
        Matcher found = Pattern.compile("--proof ticket:(\\S+)").matcher(printed.out());
        assertThat(found.find()).isTrue();
        Ticket ticket = Ticket.parse(found.group(1)).orElseThrow();
        InetAddress here = InetAddress.getLoopbackAddress();
        Attestation by = Attestation.parse("Test Imaging; Ada Poe; owner").orElseThrow();
        Instant now = clock.instant();
        assertThat(ticket.port())
            .isEqualTo((int) running.doors().outsidePort().orElse(running.doors().httpsPort()));
        Ruling ruling = Scope.byTicket(ticket, here, Optional.empty(), by, now);
        assertThat(ruling)
            .isInstanceOfSatisfying(
                Ruling.Allowed.class,
                allowed ->
                    assertThat(allowed.approved().ground()).isInstanceOf(Ground.Proven.class));
        assertThat(run(premises, "exposure", "ticket", "--host", "images.example.org").out())
            .isEqualTo(printed.out());
        Instant tomorrow = now.plus(Duration.ofHours(25));
        assertThat(Scope.byTicket(ticket, here, Optional.empty(), by, tomorrow))
            .isInstanceOf(Ruling.NotAsked.class);
      }
    }
    assertThat(run(premises, "exposure", "ticket").exit()).isEqualTo(1);
  }

  private <T> T awaited(Class<T> kind) throws Exception {
    while (true) {
      Object event = events.poll(60, TimeUnit.SECONDS);
      assertThat(event).as(kind.getSimpleName()).isNotNull();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  /// Checkpoints are sent there too.
  private static String news(MailServer server) throws IOException {
    String mail = server.mail();
    while (!mail.contains("Subject: Exposure")) {
      mail = server.mail();
    }
    return mail;
  }

  private MailServer mail() throws IOException, GeneralSecurityException {
    TestCertificate own = TestCertificate.selfSigned("mail", TestCertificate.Kind.EC);
    own.write(folder.resolve("key.pem"), folder.resolve("authority.pem"));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(TestTls.keyManagers(own), null, null);
    Files.writeString(folder.resolve("password"), "archive\ngeheim\n");
    return new MailServer(tls, false, true);
  }

  private MailConfig config(MailServer server) {
    return new MailConfig(
        "audit@example.org",
        "localhost:" + server.port(),
        "leadglass@example.org",
        Optional.of(folder.resolve("password")),
        Optional.of(folder.resolve("authority.pem")));
  }
}
