package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import leadglass.archive.ArchiveEvent;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A script with a good account pulls patient after patient, by whatever door is there, with a
/// budget of two patients and four studies a day; in the first days five times as much.
@SuppressWarnings("NullAway.Init")
class PullerTest {
  private static final int PATIENTS = 30;
  private static final int OPENED_MAX = 5 * 2;
  private static final int LISTED_MAX = 5 * 4;
  private static final String READER = "radiologist";

  @TempDir private Path folder;
  private OpenArchive archive;
  private final List<Made> studies = new ArrayList<>();
  private String cookie = "";

  @BeforeEach
  void open() throws IOException {
    Premises premises = Premises.in(folder);
    Files.writeString(
        premises.data().resolve("leadglass.toml"),
        "brakes.patients-per-day = 2\nbrakes.studies-per-day = 4\n",
        StandardOpenOption.APPEND);
    archive = new OpenArchive(premises);
    for (int i = 0; i < PATIENTS; i++) {
      Made.Patient patient = new Made.Patient("ISO_IR 192", "Nobody^Number" + i, "ID" + i);
      Made made = new Made(patient, "2.25." + (1000 + i), "2.25.2" + i, "2.25.3" + i, 1);
      studies.add(made);
      assertThat(archive.web.stow(archive.token(Role.TECHNOLOGIST), made.file()).statusCode())
          .isEqualTo(200);
    }
    People.Enrolment enrolment =
        Objects.requireNonNull(premises.enrolments().get(Role.RADIOLOGIST), READER);
    People.SignIn signIn =
        archive
            .running
            .archive()
            .people()
            .signIn(
                new Origin(Origin.Door.PAGE, "127.0.0.1"),
                READER,
                Premises.PASSWORD.toCharArray(),
                enrolment.codeAt(System.currentTimeMillis()));
    cookie = "__Host-leadglass=" + ((People.SignIn.SignedIn) signIn).secret();
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private HttpResponse<byte[]> byToken(String path) throws IOException {
    return archive.web.get(archive.token(Role.RADIOLOGIST), path, "*/*");
  }

  private HttpResponse<byte[]> bySession(String path) throws IOException {
    HttpRequest.Builder request = archive.web.request(path);
    return archive.web.send(request.header("Cookie", cookie).header("Accept", "*/*"));
  }

  @Test
  void isStoppedAtTheBudgetWhicheverDoorItTakesAndNamed() throws IOException {
    int opened = 0;
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < PATIENTS; i++) {
      String study = "/dicomweb/studies/" + studies.get(i).study();
      HttpResponse<byte[]> got =
          switch (i % 4) {
            case 0 -> byToken(study);
            case 1 -> bySession(study + "/metadata");
            case 2 -> byToken(study + "/thumbnail");
            default -> bySession(study);
          };
      if (got.statusCode() == 200) {
        opened++;
      } else {
        refusals.add(got.statusCode() + " " + Web.text(got));
      }
    }
    assertThat(opened).isEqualTo(OPENED_MAX);
    assertThat(refusals)
        .hasSize(PATIENTS - OPENED_MAX)
        .allMatch(each -> each.startsWith("403 ") && each.contains("/problems/braked"));
    assertThat(archive.events).contains(new ArchiveEvent.Stopped("person " + READER));
    assertThat(byToken("/dicomweb/studies/" + studies.get(0).study()).statusCode())
        .as("what was opened today stays open")
        .isEqualTo(200);
  }

  @Test
  void listsNoMoreThanTheBudgetByQueryAndPageTogether() throws IOException {
    int listed = 0;
    boolean stopped = false;
    for (int from = 0; from < PATIENTS && !stopped; from += 2) {
      boolean page = from % 4 == 2;
      HttpResponse<byte[]> got =
          page
              ? bySession("/studies?when=all&q=" + studies.get(from).patient().id())
              : byToken("/dicomweb/studies?limit=2&offset=" + from);
      stopped = page ? got.statusCode() == 303 : got.statusCode() == 403;
      listed += stopped || page ? 0 : 2;
    }
    assertThat(stopped).isTrue();
    assertThat(listed).isLessThanOrEqualTo(LISTED_MAX);
  }

  @Test
  void aReadingStationIsStoppedLikeAPerson() {
    Path keys = folder.resolve("read9");
    Command added =
        Command.run(
            "device",
            "add",
            "READ9",
            "--owner",
            "Ada Poe",
            "--may",
            "find,retrieve",
            "--out",
            keys,
            "--data",
            archive.premises.data());
    assertThat(added.exit()).as(added.err()).isZero();
    String address = "localhost:" + archive.running.doors().dicomPort();
    int opened = 0;
    for (int i = 0; i < OPENED_MAX + 3; i++) {
      Command got =
          Command.run(
              "dicom",
              "get",
              "--as",
              keys,
              address,
              "--study",
              studies.get(i).study(),
              "--out",
              folder.resolve("pulled"),
              "--quiet");
      opened += got.exit() == 0 ? 1 : 0;
    }
    assertThat(opened).isEqualTo(OPENED_MAX);
    assertThat(archive.events).contains(new ArchiveEvent.Stopped("device READ9"));
    Object[] list = {"dicom", "find", "--as", keys, address, "-k", "PatientID=ID*", "--json"};
    assertThat(Command.run(list).exit()).as("the one that uses the budget up").isZero();
    Command listed = Command.run(list);
    assertThat(listed.exit()).isEqualTo(1);
    assertThat(listed.out()).doesNotContain("0020000D");
  }
}
