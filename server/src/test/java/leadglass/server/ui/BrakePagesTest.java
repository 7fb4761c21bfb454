package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.Look;
import leadglass.archive.Origin;
import leadglass.archive.Retrieve;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody opens one patient after the other, with budgets of two patients and three studies.
class BrakePagesTest {
  private static final String LONG_AGO = "20190301";
  private static final Caller.Person READER =
      new Caller.Person(
          "radiologist",
          Role.RADIOLOGIST,
          Set.of(Role.RADIOLOGIST),
          new Origin(Origin.Door.DICOMWEB, "127.0.0.1"));

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder, new Brakes.Limits(2, 3));
    for (int study = 1; study <= 12; study++) {
      assertThat(archive.store(READER, study, LONG_AGO, "Nobody^Number" + study))
          .isInstanceOf(StoreOutcome.Stored.class);
    }
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private Retrieve.Answer look(int study) throws IOException {
    return archive
        .archive
        .retrieve()
        .open(READER, Look.IMAGES, TestArchive.study(study), Optional.empty(), Optional.empty());
  }

  private void settled() throws IOException {
    assertThat(look(1)).isInstanceOf(Retrieve.Answer.Given.class);
    archive.clock.move(Duration.ofDays(14));
  }

  @Test
  void aListOfMoreThanAShareEndsAtThePageThatSaysHowToGoOn() throws Exception {
    settled();
    Visitor reader = archive.signedIn(Role.RADIOLOGIST);
    assertThat(reader.get("/studies?when=all").status()).isEqualTo(200);
    Visitor.Seen stopped = reader.get("/studies?when=all");
    assertThat(stopped.status()).isEqualTo(303);
    assertThat(stopped.location()).isEqualTo("/brakes");
    assertThat(reader.get("/brakes").body()).contains("listed 12 of 3 studies");
  }

  @Test
  void aSecondPersonSeesWhoWaitsAndAllowsAShareMore() throws Exception {
    settled();
    for (int study = 1; study <= 2; study++) {
      assertThat(look(study)).isInstanceOf(Retrieve.Answer.Given.class);
    }
    assertThat(look(3)).isEqualTo(new Retrieve.Answer.Braked(Brakes.Stop.PURPOSE));
    assertThat(archive.archive.brakes().ease(READER, "tumour board")).isEmpty();
    assertThat(look(3)).isInstanceOf(Retrieve.Answer.Given.class);
    assertThat(look(4)).isEqualTo(new Retrieve.Answer.Braked(Brakes.Stop.SECOND_PERSON));

    Visitor reader = archive.signedIn(Role.RADIOLOGIST);
    assertThat(reader.get("/brakes").body()).contains("You are stopped", "tumour board");
    String allow = "/brakes/allow";
    assertThat(reader.post(allow, "subject", "person radiologist", "reason", "me").status())
        .isEqualTo(403);

    Visitor witness = archive.signedIn(Role.WITNESS);
    assertThat(witness.get("/brakes").body())
        .contains("person radiologist", "tumour board", "Allow a share more");
    assertThat(witness.post(allow, "subject", "person radiologist", "reason", "").status())
        .isEqualTo(422);
    assertThat(witness.post(allow, "subject", "person nobody", "reason", "yes").status())
        .isEqualTo(422);
    assertThat(witness.post(allow, "subject", "person radiologist", "reason", "yes").status())
        .isEqualTo(303);
    assertThat(look(4)).isInstanceOf(Retrieve.Answer.Given.class);
    assertThat(look(5)).isInstanceOf(Retrieve.Answer.Given.class);
    assertThat(look(6)).isEqualTo(new Retrieve.Answer.Braked(Brakes.Stop.SECOND_PERSON));
  }

  @Test
  void somebodyWhoIsStoppedGoesOnForAPurpose() throws Exception {
    settled();
    look(1);
    look(2);
    assertThat(look(3)).isEqualTo(new Retrieve.Answer.Braked(Brakes.Stop.PURPOSE));
    Visitor reader = archive.signedIn(Role.RADIOLOGIST);
    assertThat(reader.get("/brakes").body())
        .contains("Your share of today is used", "/brakes/more");
    assertThat(reader.post("/brakes/more", "reason", "").status()).isEqualTo(422);
    assertThat(reader.post("/brakes/more", "reason", "tumour board").status()).isEqualTo(303);
    assertThat(look(3)).isInstanceOf(Retrieve.Answer.Given.class);
    assertThat(reader.post("/brakes/more", "reason", "again").status()).isEqualTo(422);
  }
}
