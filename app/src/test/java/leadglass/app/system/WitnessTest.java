package leadglass.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import leadglass.app.config.Config;
import leadglass.app.config.WitnessConfig;
import leadglass.app.witness.WitnessEvent;
import leadglass.archive.Archive;
import leadglass.archive.ArchiveEvent;
import leadglass.archive.Caller;
import leadglass.archive.Role;
import leadglass.archive.Tokens;
import leadglass.archive.Verb;
import leadglass.archive.WitnessRequest;
import leadglass.server.http.Audience;
import leadglass.server.http.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two archives that run: one is the witness of the other's trail.
@SuppressWarnings("NullAway.Init")
class WitnessTest {
  private static final String ADD = "/witness/add-checkpoint";

  @TempDir private Path folder;
  private Premises premises;
  private OpenArchive witness;

  @BeforeEach
  void open() throws IOException {
    premises = Premises.in(Files.createDirectory(folder.resolve("north")));
    witness = new OpenArchive(Premises.another(Files.createDirectory(folder.resolve("witness"))));
    Path keys = premises.data().resolve("trail/keys");
    Command added =
        Command.run(
            "audit", "witness", "add", "--name", "north", "--keys", keys, "--data", witnessData());
    assertThat(added.exit()).as(added.err()).isZero();
    Files.writeString(token(), secret(Caller.Scope.WITNESS) + "\n" + added.out());
  }

  @AfterEach
  void close() throws IOException {
    witness.close();
  }

  private Path witnessData() {
    return witness.premises.data();
  }

  private Path token() {
    return folder.resolve("token");
  }

  private String secret(Caller.Scope scope) throws IOException {
    Tokens.Made made =
        witness
            .running
            .archive()
            .tokens()
            .create(Premises.CONSOLE, "auditor", Set.of(scope), Duration.ofDays(1));
    return ((Tokens.Made.Token) made).secret();
  }

  /// The archive that asks, running on some premises.
  private OpenArchive asking(Premises on) throws IOException {
    WitnessConfig config =
        new WitnessConfig(
            "https://localhost:" + witness.running.doors().httpsPort(),
            Optional.of(witnessData().resolve("ca.pem")),
            Optional.of(token()));
    return new OpenArchive(
        on,
        usual ->
            new Config(
                usual.keyFile(),
                usual.kms(),
                usual.s3(),
                usual.brakes(),
                usual.oidc(),
                usual.web(),
                usual.outside(),
                usual.dimse(),
                usual.audit(),
                config,
                usual.mail()));
  }

  private static void happen(Archive archive, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(archive.people().signOut(Premises.CONSOLE, Role.RADIOLOGIST.word())).isEmpty();
    }
  }

  private long seen() {
    return witness.running.archive().witnessing().peers(Premises.CONSOLE).getFirst().size();
  }

  /// As it was at some time, in another place.
  private Premises copied(String name) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    Premises.copy(premises.folder(), to);
    Premises copy = new Premises(to, premises.tokens(), premises.enrolments());
    Path file = copy.data().resolve("leadglass.toml");
    Files.writeString(
        file, Files.readString(file).replace(premises.folder().toString(), to.toString()));
    return copy;
  }

  private Path shown(String name) throws IOException {
    Path file = folder.resolve(name);
    Command shown =
        Command.run("audit", "witness", "show", "north", "--out", file, "--data", witnessData());
    assertThat(shown.exit()).as(shown.err()).isZero();
    return file;
  }

  private void witnessedOnce() throws IOException {
    try (OpenArchive asker = asking(premises)) {
      asker.awaited(WitnessEvent.CheckpointWitnessed.class);
    }
  }

  @Test
  void theHeadArrivesIsKeptCosignedAndChecksTheTrailAndARestartOfTheWitnessRemembersIt()
      throws IOException {
    witnessedOnce();
    long first = seen();
    assertThat(first).isPositive();
    witness.close();
    witness = new OpenArchive(witness.premises);
    assertThat(seen()).isEqualTo(first);
    try (OpenArchive asker = asking(premises)) {
      long entries = asker.awaited(WitnessEvent.CheckpointWitnessed.class).entries();
      assertThat(seen()).isEqualTo(entries).isGreaterThan(first);
      Command status = Command.run("status", "--data", premises.data());
      assertThat(status.out()).containsPattern("witness      localhost:\\d+, .*\\(ok\\)");
    }
    Path kept = shown("kept");
    assertThat(Command.run("audit", "verify", premises.data(), "--against", kept).exit()).isZero();
    assertThat(premises.data().resolve("trail/witnessed")).hasSameTextualContentAs(kept);
    assertThat(Files.readString(kept).lines().filter(each -> each.startsWith("\u2014"))).hasSize(3);
    assertThat(Command.run("status", "--data", witnessData()).out())
        .containsPattern("witness of   north, \\d+ entries, .*\\(ok\\)");
  }

  @Test
  void anOlderStateThatWasPutBackIsRefusedAndBothSidesSaySo() throws IOException {
    Premises old = copied("old");
    try (Archive archive = premises.open(_ -> {})) {
      happen(archive, 50);
    }
    witnessedOnce();
    long has = seen();
    Path kept = shown("kept");
    try (OpenArchive asker = asking(old)) {
      assertThat(asker.awaited(WitnessEvent.WitnessContradictsFailed.class).entries())
          .isLessThan(has);
      witness.awaited(ArchiveEvent.WitnessedTrailFailed.class);
      assertThat(Command.run("status", "--data", old.data()).out())
          .contains("(FAIL: it has seen another past of this trail)");
    }
    assertThat(seen()).isEqualTo(has);
    Command list = Command.run("audit", "witness", "list", "--data", witnessData());
    assertThat(list.exit()).isEqualTo(1);
    assertThat(list.out()).contains("fewer entries than before");
    assertThat(Command.run("status", "--data", witnessData()).out())
        .contains("it covers fewer entries than before)");
    assertThat(Command.run("audit", "verify", old.data(), "--against", kept).exit()).isEqualTo(1);
    assertThat(old.audit())
        .anyMatch(each -> String.valueOf(each.detail()).contains("contradicts itself"));
  }

  @Test
  void anotherPastIsRefusedHoweverLongItIs() throws IOException {
    Premises old = copied("old");
    try (Archive archive = premises.open(_ -> {})) {
      happen(archive, 5);
    }
    witnessedOnce();
    long has = seen();
    try (Archive archive = old.open(_ -> {})) {
      happen(archive, 90);
    }
    try (OpenArchive asker = asking(old)) {
      assertThat(asker.awaited(WitnessEvent.WitnessContradictsFailed.class).entries())
          .isGreaterThan(has);
      witness.awaited(ArchiveEvent.WitnessedTrailFailed.class);
    }
    assertThat(seen()).isEqualTo(has);
    Command list = Command.run("audit", "witness", "list", "--data", witnessData());
    assertThat(list.exit()).isEqualTo(1);
    assertThat(list.out()).contains("was changed");
    witness.close();
    assertThat(witness.premises.audit())
        .anyMatch(each ->
            !each.success()
                && String.valueOf(each.detail()).contains("the trail of north contradicts itself"));
    witness = new OpenArchive(witness.premises);
  }

  @Test
  void whoeverIsNotLetInOrWasRemovedIsToldOnceAndGoesOnWithoutAWitness() throws IOException {
    Files.writeString(token(), "lg1_none\n" + Files.readAllLines(token()).getLast());
    try (OpenArchive asker = asking(premises)) {
      assertThat(asker.awaited(WitnessEvent.CheckpointNotWitnessedFailed.class).why())
          .isEqualTo("status 401");
      assertThat(asker.status().storing()).isTrue();
    }
    String key = Files.readAllLines(token()).getLast();
    Files.writeString(token(), secret(Caller.Scope.WITNESS) + "\n" + key);
    assertThat(Command.run("audit", "witness", "remove", "north", "--data", witnessData()).exit())
        .isZero();
    try (OpenArchive asker = asking(premises)) {
      assertThat(asker.awaited(WitnessEvent.CheckpointNotWitnessedFailed.class).why())
          .isEqualTo("status 404");
    }
  }

  @Test
  void aWitnessWithAnotherKeyIsNone() throws IOException {
    String secret = Files.readAllLines(token()).getFirst();
    Files.writeString(
        token(),
        secret + "\n" + Files.readAllLines(premises.data().resolve("trail/keys")).getFirst());
    try (OpenArchive asker = asking(premises)) {
      assertThat(asker.awaited(WitnessEvent.CheckpointNotWitnessedFailed.class).why())
          .contains("no cosignature");
    }
    assertThat(premises.data().resolve("trail/witnessed")).doesNotExist();
  }

  private HttpResponse<byte[]> post(String token, byte[] body) throws IOException {
    return witness.web.send(
        witness
            .web
            .request(ADD)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void strangersAndOtherTokensGetWhatTheyGetEverywhereAndThatTokenOpensNothingElse()
      throws IOException {
    byte[] body;
    try (Archive archive = premises.open(_ -> {})) {
      body = archive.checkpoints().request(archive.checkpoints().newest(), 0).body();
    }
    String scope = Files.readAllLines(token()).getFirst();
    assertThat(Web.seen(post("none", body)))
        .startsWith("401")
        .isEqualTo(Web.seen(witness.web.get("none", "/fhir/AuditEvent", "*/*")));
    for (Role role : Role.values()) {
      HttpResponse<byte[]> answer = post(witness.token(role), body);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(Web.text(answer)).contains("/problems/not-permitted");
    }
    for (Route route : witness.running.doors().routes().all()) {
      boolean closed = route.verb() != Verb.KNOCK && route.verb() != Verb.WITNESS;
      boolean staff = Audience.of(route.pattern()) == Audience.STAFF;
      if (closed && staff && route.method().equals("GET")) {
        String path = route.pattern().replaceAll("\\{[a-z.]+}", "1");
        assertThat(witness.web.get(scope, path, "*/*").statusCode()).as(path).isEqualTo(403);
      }
    }
    assertThat(post(scope, body).statusCode()).isEqualTo(200);
    assertThat(Web.text(post(scope, body))).isEqualTo(seen() + "\n");
    assertThat(post(scope, body).headers().firstValue("Content-Type")).contains("text/x.tlog.size");
    assertThat(post(scope, body).statusCode()).isEqualTo(409);
    assertThat(post(scope, "old x\n\n".getBytes(UTF_8)).statusCode()).isEqualTo(400);
    assertThat(post(scope, new byte[WitnessRequest.BYTES_MAX + 1]).statusCode()).isEqualTo(413);
    assertThat(post(scope, new byte[0]).statusCode()).isEqualTo(400);
    byte[] other = new String(body, UTF_8).replace("leadglass/", "leadglass/x").getBytes(UTF_8);
    assertThat(post(scope, other).statusCode()).isEqualTo(404);
    String size = "\n" + seen() + "\n";
    byte[] forged = new String(body, UTF_8).replaceFirst(size, "\n99999\n").getBytes(UTF_8);
    HttpResponse<byte[]> unknown = post(scope, forged);
    assertThat(unknown.statusCode()).isEqualTo(403);
    assertThat(Web.text(unknown)).contains("/problems/unknown-key");
  }
}
