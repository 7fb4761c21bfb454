package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of studies, as people do it on the pages, in a real archive over TLS.
class LifecyclePagesTest {
  private static final String TODAY = "20261125";
  private static final String LONG_AGO = "20190301";

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
    store(1, TODAY, "Okonkwo^Adaeze");
    store(2, TODAY, "Petrov^Ilya");
    store(3, LONG_AGO, "Lindqvist^Maja");
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private void store(int number, String date, String patient) throws IOException {
    Origin origin = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
    Caller by =
        new Caller.Person("radiologist", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), origin);
    assertThat(archive.store(by, number, date, patient)).isInstanceOf(StoreOutcome.Stored.class);
  }

  private static String study(int number) {
    return "/studies/" + TestArchive.study(number).value();
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static String after(Visitor.Seen seen, String prefix) {
    assertThat(seen.status()).as(seen.body()).isEqualTo(303);
    assertThat(seen.location()).startsWith(prefix);
    return seen.location().substring(prefix.length());
  }

  @Test
  void theWrongUploadIsTwoClicksAwayAndOneBringsItBack() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      assertThat(visitor.get(study(1) + "/panel").body())
          .contains("href=\"" + study(1) + "/delete\"");
      String form = visitor.get(study(1) + "/delete").body();
      assertThat(form)
          .contains("Okonkwo, Adaeze")
          .contains("For 30 days, until 25 Dec 2026, it can be brought back");

      Visitor.Seen gone = visitor.post(study(1) + "/delete", "why", "wrong-patient");
      String name = after(gone, "/deleted#s");
      assertThat(visitor.get("/studies").body()).doesNotContain("Okonkwo").contains("Petrov");
      assertThat(visitor.get(study(1)).status()).isEqualTo(404);
      assertThat(visitor.get("/deleted").body())
          .contains("id=\"s" + name + "\"")
          .contains("Okonkwo, Adaeze")
          .contains("P-1")
          .contains("by <bdi>technologist</bdi>")
          .contains("Filed under the wrong patient")
          .contains("goes for ever on 25 Dec 2026");

      Visitor.Seen back =
          visitor.post("/deleted/" + name + "/back", "study", TestArchive.study(1).value());
      assertThat(back.location()).isEqualTo(study(1));
      assertThat(visitor.get("/studies").body()).contains("Okonkwo");
      assertThat(visitor.get("/deleted").body()).contains("Nothing is deleted.");
      assertThat(visitor.post("/deleted/" + name + "/back").status()).isEqualTo(404);
    }
  }

  @Test
  void somethingElseNeedsWordsAndNothingIsDoneWithoutThem() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      Visitor.Seen refused = visitor.post(study(1) + "/delete", "why", "other", "words", " ");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body())
          .contains("Say in a few words why.")
          .contains("value=\"other\" checked");
      assertThat(visitor.get(study(1)).status()).isEqualTo(200);
      String long500 = "x".repeat(500);
      assertThat(visitor.post(study(1) + "/delete", "why", "twice", "words", long500).status())
          .isEqualTo(422);
    }
  }

  @Test
  void aStudyThatCameAgainMustGoBeforeTheOldOneComesBack() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      String name = after(visitor.post(study(1) + "/delete", "why", "twice"), "/deleted#s");
      store(1, TODAY, "Okonkwo^Adaeze");
      Visitor.Seen refused = visitor.post("/deleted/" + name + "/back");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body()).contains("The same study came again since it was deleted.");
    }
  }

  @Test
  void whoMayNotCorrectSeesNoButtonAndGetsTheAnswerOfWhatIsNotThere() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.FRONT_DESK)) {
      assertThat(visitor.get(study(1)).body()).doesNotContain("/delete").doesNotContain("/move");
      Visitor.Seen there = visitor.get(study(1) + "/delete");
      Visitor.Seen nowhere = visitor.get("/studies/1.2.3/delete");
      assertThat(there.status()).isEqualTo(nowhere.status());
      assertThat(there.body()).isEqualTo(nowhere.body());
      assertThat(visitor.post(study(1) + "/delete", "why", "twice").status()).isEqualTo(403);
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get("/studies/1.2.3/delete").status()).isEqualTo(404);
      assertThat(visitor.post("/studies/1.2.3/delete", "why", "twice").status()).isEqualTo(404);
      assertThat(visitor.get("/studies/1.2.3/move").status()).isEqualTo(404);
      assertThat(visitor.post("/studies/1.2.3/move", "id", "P-2").status()).isEqualTo(404);
      assertThat(visitor.get(study(1)).status()).isEqualTo(200);
    }
  }

  @Test
  void aStudyIsGivenToAKnownPatientAfterBothWereSeenAndTakenBack() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      String[] typed = {"id", "P-3", "issuer", "", "reason", "wrong name on the CD"};
      Visitor.Seen compare = visitor.post(study(1) + "/move", typed);
      assertThat(compare.status()).isEqualTo(200);
      assertThat(compare.body())
          .contains("Okonkwo, Adaeze")
          .contains("Lindqvist, Maja")
          .contains("The two differ in: name.");
      assertThat(visitor.get(study(1)).body()).contains("Okonkwo");

      String[] sure = {"id", "P-3", "reason", "wrong name on the CD", "sure", "known"};
      assertThat(visitor.post(study(1) + "/move", sure).location()).isEqualTo("/moves");
      assertThat(visitor.get(study(1)).body())
          .contains("Lindqvist, Maja")
          .doesNotContain("Okonkwo");

      String moves = visitor.get("/moves").body();
      String name = found("/moves/([0-9a-f]{32})/undo", moves);
      assertThat(moves).contains("Study moved").contains("<bdi>technologist</bdi>");
      String undo = "/moves/" + name + "/undo";
      assertThat(visitor.get(undo).body()).contains("Undo this move?");
      assertThat(visitor.post(undo, "reason", "").status()).isEqualTo(422);
      assertThat(visitor.post(undo, "reason", "was right").location()).isEqualTo("/moves");
      assertThat(visitor.get(study(1)).body()).contains("Okonkwo, Adaeze");
      assertThat(visitor.get("/moves").body()).contains("undone by technologist");
      assertThat(visitor.get(undo).status()).isEqualTo(404);
    }
  }

  @Test
  void aPatientNothingIsHeldOfIsTypedAndShownBeforeTheyGetAStudy() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      Visitor.Seen unknown = visitor.post(study(2) + "/move", "id", "N-9", "reason", "typo");
      assertThat(unknown.status()).isEqualTo(422);
      assertThat(unknown.body()).contains("Is it typed right?").contains("name=\"family\"");

      String[] typed = {
        "id",
        "N-9",
        "family",
        "Fresh",
        "given",
        "Zoë",
        "born",
        "1970-01-31",
        "sex",
        "F",
        "reason",
        "typo",
        "sure",
        ""
      };
      Visitor.Seen compare = visitor.post(study(2) + "/move", typed);
      assertThat(compare.body())
          .contains("Fresh, Zoë")
          .contains("31 Jan 1970")
          .contains("Nothing is held of them yet.")
          .contains("name=\"sure\" value=\"fresh\"");
      typed[typed.length - 1] = "known"; // what was shown is not what is meant
      assertThat(visitor.post(study(2) + "/move", typed).status()).isEqualTo(200);
      typed[typed.length - 1] = "fresh";
      assertThat(visitor.post(study(2) + "/move", typed).location()).isEqualTo("/moves");
      assertThat(visitor.get(study(2)).body()).contains("Fresh, Zoë").contains("N-9");
    }
  }

  @Test
  void twoPatientsAreMergedAfterBothWereSeen() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      String[] typed = {"from", "P-1", "into", "P-2", "reason", "one person", "sure", "yes"};
      Visitor.Seen unknown = visitor.post("/merge", "from", "P-1", "into", "P-99", "reason", "x");
      assertThat(unknown.status()).isEqualTo(422);
      assertThat(unknown.body()).contains("Nothing is held of the second Patient ID.");
      assertThat(visitor.post("/merge", "from", "P-1", "into", "P-1", "reason", "x").body())
          .contains("Both are the same Patient ID.");
      assertThat(visitor.post("/merge", "from", "P-1", "into", "P-2", "reason", "x").body())
          .contains("Are these two one person?");
      assertThat(visitor.get(study(1)).body()).contains("Okonkwo");

      assertThat(visitor.post("/merge", typed).location()).isEqualTo("/moves");
      assertThat(visitor.get(study(1)).body()).contains("Petrov, Ilya");
      assertThat(visitor.get("/moves").body()).contains("Patients merged");
    }
  }

  @Test
  void noPageOfMovesPutsAPatientIntoAnAddress() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      String page = visitor.post(study(1) + "/move", "id", "P-3", "reason", "x").body();
      Matcher address = Pattern.compile("(?:href|action)=\"([^\"]*)\"").matcher(page);
      while (address.find()) {
        assertThat(address.group(1)).doesNotContain("P-1").doesNotContain("P-3");
      }
    }
  }

  @Test
  void anErasureNeedsASecondPersonWhoKnowsWhoIsMeant() throws Exception {
    String erasure;
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.post("/erasures/ask", "id", "P-1").body()).contains("Choose why.");
      assertThat(visitor.post("/erasures/ask", "category", "request").body())
          .contains("Type a Patient ID");
      String[] unknown = {"id", "P-77", "category", "request"};
      assertThat(visitor.post("/erasures/ask", unknown).body()).contains("Is it typed right?");
      String[] telling = {"id", "P-1", "category", "request", "note", "of Adaeze"};
      assertThat(visitor.post("/erasures/ask", telling).body()).contains("Don't write who it is");
      String[] typed = {"id", "P-1", "category", "request", "note", "file 12/7"};
      erasure = "/erasures/" + after(visitor.post("/erasures/ask", typed), "/erasures/");
      assertThat(visitor.get(erasure).body())
          .contains("You asked for it.")
          .contains("file 12/7")
          .doesNotContain("P-1")
          .doesNotContain("Okonkwo");
      assertThat(visitor.post(erasure + "/confirm", "id", "P-1", "sure", "yes").status())
          .isEqualTo(422);
      assertThat(visitor.get("/status").body())
          .contains("1 erasure asked for: a second person is needed.");
    }
    try (Visitor visitor = archive.signedIn(Role.WITNESS)) {
      assertThat(visitor.get("/").location()).isEqualTo("/erasures");
      assertThat(visitor.get("/erasures").body()).contains("waits for a second person");
      assertThat(visitor.post(erasure + "/confirm", "id", "P-2", "sure", "yes").body())
          .contains("That is not the patient whose erasure was asked for.");
      assertThat(visitor.post(erasure + "/confirm", "id", "P-1").body())
          .contains("Say that you have seen the request.");
      assertThat(visitor.post(erasure + "/confirm", "id", "P-1", "sure", "yes").location())
          .isEqualTo(erasure);
      assertThat(visitor.get(erasure).body())
          .contains("Erased for ever not before 2 Dec 2026")
          .contains("Take it back");
      assertThat(visitor.get("/erasures/ask").status()).isEqualTo(403);
      assertThat(visitor.get(erasure + "/certificate").status()).isEqualTo(404);
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get("/studies").body())
          .contains("1 patient to be erased for ever, not before 2 Dec 2026.")
          .doesNotContain("Look at it");
      assertThat(visitor.get(study(1)).body()).doesNotContain("to be erased");
      assertThat(visitor.get(erasure).status()).isEqualTo(403);
    }
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.post(erasure + "/take-back").location()).isEqualTo(erasure);
      assertThat(visitor.get(erasure).body()).contains("taken back");
      assertThat(visitor.post(erasure + "/take-back").status()).isEqualTo(404);
      assertThat(visitor.get("/status").body()).doesNotContain("to be erased");
    }
  }

  @Test
  void anotherAdministratorIsASecondPersonToo() throws Exception {
    People.Enrolment other = archive.joined("second", Role.ADMINISTRATOR);
    String erasure;
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      String[] typed = {"study", TestArchive.study(3).value(), "category", "court-order"};
      erasure = "/erasures/" + after(visitor.post("/erasures/ask", typed), "/erasures/");
    }
    try (Visitor visitor = archive.signedIn("second", other.totpUri())) {
      assertThat(visitor.post(erasure + "/confirm", "id", "P-3", "sure", "yes").location())
          .isEqualTo(erasure);
    }
  }

  @Test
  void aHoldKeepsAStudyFromEverything() throws Exception {
    String name;
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.post("/holds", "id", "P-1", "study", "1.2", "reason", "x").body())
          .contains("Type a Patient ID or a Study Instance UID; not both.");
      assertThat(visitor.post("/holds", "id", "P-77", "reason", "file 3").body())
          .contains("Is it typed right?");
      assertThat(visitor.post("/holds", "id", "P-1", "reason", "file 3").location())
          .isEqualTo("/holds");
      String page = visitor.get("/holds").body();
      assertThat(page).contains("file 3").doesNotContain("P-1");
      name = found("/holds/([0-9a-f]{32})/release", page);
      assertThat(visitor.post("/erasures/ask", "id", "P-1", "category", "request").body())
          .contains("A legal hold has lain on this patient");
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      Visitor.Seen refused = visitor.post(study(1) + "/delete", "why", "twice");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body()).contains("A legal hold has lain on this patient since");
      assertThat(visitor.get("/holds").status()).isEqualTo(403);
    }
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      String release = "/holds/" + name + "/release";
      assertThat(visitor.get(release).body()).contains("Release this hold?");
      assertThat(visitor.post(release, "reason", "").status()).isEqualTo(422);
      assertThat(visitor.post(release, "reason", "file 3 closed").location()).isEqualTo("/holds");
      assertThat(visitor.get("/holds").body()).contains("released").contains("file 3 closed");
      assertThat(visitor.get(release).status()).isEqualTo(404);
    }
  }

  @Test
  void retentionIsFilledInFromAnExampleAndSetByHand() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/retention").body())
          .contains("No rules have been set yet")
          .contains("Examples, check your law");
      String filled = visitor.post("/retention", "do", "fill", "example", "US").body();
      assertThat(filled)
          .contains("Filled in as an example, not set yet.")
          .contains("value=\"MG\"")
          .contains("No rules have been set yet");
      assertThat(visitor.post("/retention", "do", "save", "years-0", "ten").body())
          .contains("Rule 1: years and ages are whole numbers.");
      assertThat(visitor.post("/retention", "do", "save", "years-0", "999").status())
          .isEqualTo(422);
      String[] rules = {
        "do",
        "save",
        "years-0",
        "10",
        "age-0",
        "18",
        "minor-0",
        "10",
        "modalities-4",
        "mg",
        "years-4",
        "15"
      };
      assertThat(visitor.post("/retention", rules).location()).isEqualTo("/retention");
      assertThat(visitor.get("/retention").body())
          .contains("all: 10 years; patients under 18")
          .contains("MG: 15 years")
          .contains("<bdi>administrator</bdi>");
      assertThat(visitor.post("/retention/grace", "days", "14").location()).isEqualTo("/retention");
      assertThat(visitor.post("/retention/grace", "days", "x").status()).isEqualTo(422);
      assertThat(visitor.get("/erasures/ask").body()).contains("14 days pass");
      assertThat(visitor.post("/erasures/ask", "id", "P-1", "category", "request").body())
          .contains("retention rules keep studies of this patient until");
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      after(visitor.post(study(1) + "/delete", "why", "twice"), "/deleted#s");
      assertThat(visitor.get("/deleted").body())
          .contains("retention rules keep this study until")
          .doesNotContain("goes for ever");
    }
  }

  @Test
  void statusSaysWhereTheKeyLies() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/status").body())
          .contains("Place of the master key")
          .contains("Recovery sheets");
    }
  }
}
