package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import leadglass.archive.Act;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A wrong upload of another day, and a technologist at seven in the morning.
class CorrectionPagesTest {
  private static final String STUDY = "/studies/" + TestArchive.study(3).value();

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
    Origin origin = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
    Caller by =
        new Caller.Person("radiologist", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), origin);
    archive.store(by, 2, "20190301", "Petrov^Ilya");
    archive.store(by, 3, "20190301", "Lindqvist^Maja");
    archive.clock.move(Duration.ofDays(1));
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  @Test
  void aWrongUploadOfAnotherDayIsFoundDeletedAndBroughtBack() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      assertThat(visitor.get("/studies").body())
          .contains("href=\"/correct\"")
          .doesNotContain("Lindqvist");
      assertThat(visitor.get(STUDY).status()).isEqualTo(404);
      String found = visitor.post("/correct", "exact", " P-3 ").body();
      assertThat(found)
          .contains("Lindqvist, Maja")
          .doesNotContain("Petrov")
          .contains("href=\"" + STUDY + "/delete\"")
          .contains("href=\"" + STUDY + "/move\"");

      assertThat(visitor.get(STUDY + "/delete").body())
          .contains("Lindqvist, Maja")
          .contains("until 26 Dec 2026")
          .contains("href=\"/correct\">Cancel");
      String gone = visitor.post(STUDY + "/delete", "why", "wrong-patient").location();
      assertThat(gone).startsWith("/deleted#s");
      assertThat(visitor.post("/correct", "exact", "P-3").body()).contains("Nothing is found.");
      String name = gone.substring("/deleted#s".length());
      assertThat(visitor.post("/deleted/" + name + "/back").location()).isEqualTo("/deleted");
      assertThat(visitor.post("/correct", "exact", "P-3").body()).contains("Lindqvist");
    }
    assertThat(archive.trail(Act.SEARCHED))
        .anyMatch(entry -> "studies looked for to correct: 1".equals(entry.detail()))
        .anyMatch(entry ->
            "study looked at before a correction".equals(entry.detail())
                && TestArchive.study(3).value().equals(entry.study()));
  }

  @Test
  void itCanBeGivenToTheRightPatientToo() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      assertThat(visitor.get(STUDY + "/move").body())
          .contains("Lindqvist, Maja")
          .contains("href=\"/correct\">Cancel");
      String[] sure = {"id", "P-2", "reason", "wrong name on the CD", "sure", "known"};
      assertThat(visitor.post(STUDY + "/move", sure).location()).isEqualTo("/moves");
      assertThat(visitor.post("/correct", "exact", TestArchive.study(3).value()).body())
          .contains("Petrov, Ilya");
    }
  }

  @Test
  void thereIsNoLookingAround() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      for (String typed : List.of("P-", "P*", "Lindqvist", "p-3", "*", "1.2.826")) {
        assertThat(visitor.post("/correct", "exact", typed).body())
            .as(typed)
            .contains("Nothing is found.")
            .doesNotContain("Lindqvist,");
      }
      assertThat(visitor.post("/correct", "exact", " ").status()).isEqualTo(422);
    }
    archive.clock.move(Duration.ofDays(31));
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      assertThat(visitor.post("/correct", "exact", "P-3").body()).contains("Nothing is found.");
      assertThat(visitor.post("/correct", "exact", TestArchive.study(3).value()).body())
          .contains("Lindqvist, Maja");
    }
  }

  @Test
  void whoMayNotCorrectHasNoSuchPage() throws Exception {
    for (Role role : List.of(Role.FRONT_DESK, Role.ADMINISTRATOR, Role.WITNESS, Role.AUDITOR)) {
      try (Visitor visitor = archive.signedIn(role)) {
        assertThat(visitor.get("/correct").status()).as(role.word()).isEqualTo(403);
        assertThat(visitor.post("/correct", "exact", "P-3").status()).isEqualTo(403);
        assertThat(visitor.get(visitor.get("/").location()).body()).doesNotContain("/correct\"");
      }
    }
  }
}
