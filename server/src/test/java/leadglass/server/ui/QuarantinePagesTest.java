package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Act;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two images under one UID, as people meet them on the pages.
class QuarantinePagesTest {
  private static final String TODAY = "20261125";
  private static final String LONG_AGO = "20190301";
  private static final int SIDE = 8;

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private StoreOutcome store(int number, String date, String patient) throws IOException {
    Origin origin = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
    Caller by =
        new Caller.Person("radiologist", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), origin);
    byte[] file = TestArchive.file(number, date, patient, QuarantinePagesTest::grey);
    return archive.archive.ingest().storeFile(by, Optional.empty(), new ByteArrayInputStream(file));
  }

  private static void grey(DataSet.Builder made) {
    made.us(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
        .us(Tag.ROWS, SIDE)
        .us(Tag.COLUMNS, SIDE)
        .us(Tag.BITS_ALLOCATED, 8)
        .us(Tag.BITS_STORED, 8)
        .us(Tag.HIGH_BIT, 7)
        .us(Tag.PIXEL_REPRESENTATION, 0)
        .add(new Element.Value(Tag.PIXEL_DATA, Vr.OB, new byte[SIDE * SIDE]));
  }

  /// An administrator lets the site keep conflicting images apart, then both come.
  private String conflict(int number, String date) throws Exception {
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      visitor.post("/quarantine/rule", "conflicts", "quarantine");
    }
    assertThat(store(number, date, "Okonkwo^Adaeze")).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(store(number, date, "Petrov^Ilya")).isInstanceOf(StoreOutcome.Stored.class);
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      return name(visitor.get("/quarantine").body());
    }
  }

  private static String name(String list) {
    Matcher found = Pattern.compile("href=\"(/quarantine/[0-9a-f]{32})\"").matcher(list);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private List<String> decided() throws IOException {
    return archive.trail(Act.QUARANTINE).stream()
        .map(entry -> entry.who() + ": " + entry.detail() + ": " + entry.reason())
        .toList();
  }

  @Test
  void theRuleIsTheAdministratorsAndSaysWhatItMeans() throws Exception {
    assertThat(store(1, TODAY, "Okonkwo^Adaeze")).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(store(1, TODAY, "Petrov^Ilya")).isInstanceOf(StoreOutcome.Refused.class);
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      String page = visitor.get("/quarantine/rule").body();
      assertThat(page)
          .contains("value=\"refuse\" checked")
          .contains("It is refused, and its sender hears of it.")
          .contains("No image waits for a decision.");
      assertThat(visitor.post("/quarantine/rule", "conflicts", "both").status()).isEqualTo(422);
      assertThat(visitor.post("/quarantine/rule", "conflicts", "quarantine").location())
          .isEqualTo("/quarantine/rule");
      assertThat(visitor.get("/quarantine/rule").body()).contains("value=\"quarantine\" checked");
    }
    assertThat(store(1, TODAY, "Petrov^Ilya")).isInstanceOf(StoreOutcome.Stored.class);
    assertThat(archive.trail(Act.POLICY))
        .anyMatch(entry ->
            entry.who().equals("administrator")
                && Objects.equals(entry.detail(), "conflicting instances: quarantine"));
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get("/quarantine").body()).contains("the second waits here");
      assertThat(visitor.post("/quarantine/rule", "conflicts", "refuse").status()).isEqualTo(403);
      assertThat(visitor.get("/quarantine/rule").status()).isEqualTo(403);
    }
  }

  @Test
  void anAdministratorLearnsHowManyWaitAndNothingOfWhom() throws Exception {
    String one = conflict(1, TODAY);
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      String page = visitor.get("/quarantine/rule").body();
      assertThat(page)
          .contains("1 image waits for a decision, the first since 25 Nov 2026")
          .doesNotContain("Okonkwo")
          .doesNotContain("Petrov")
          .doesNotContain("P-1")
          .doesNotContain(TestArchive.study(1).value())
          .doesNotContain(one);
    }
    for (Role role :
        List.of(Role.ADMINISTRATOR, Role.FRONT_DESK, Role.AUDITOR, Role.WITNESS, Role.REFERRER)) {
      try (Visitor visitor = archive.signedIn(role)) {
        for (String path : List.of("/quarantine", one, one + "/picture")) {
          assertThat(visitor.get(path).status()).as(role + " " + path).isEqualTo(403);
        }
        String[] form = {"do", "accept", "reason", "x"};
        assertThat(visitor.post(one, form).status()).as(role.word()).isEqualTo(403);
      }
    }
    assertThat(decided()).isEmpty();
  }

  @Test
  void bothAreComparedBeforeTheSecondTakesThePlaceOfTheFirst() throws Exception {
    String one = conflict(1, TODAY);
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      assertThat(visitor.get("/quarantine").body())
          .contains("Petrov, Ilya")
          .contains("Another image with this UID is here already.");
      String page = visitor.get(one).body();
      assertThat(page)
          .contains("Okonkwo, Adaeze")
          .contains("Petrov, Ilya")
          .contains("2 lines differ.")
          .contains("8 × 8")
          .contains("src=\"" + one + "/picture\"")
          .contains("src=\"/dicomweb/studies/" + TestArchive.study(1).value() + "/series/")
          .doesNotContain("value=\"accept\" checked")
          .doesNotContain("value=\"discard\" checked");
      Visitor.Seen picture = visitor.get(one + "/picture");
      assertThat(picture.status()).isEqualTo(200);
      assertThat(picture.body()).contains("JFIF");

      Visitor.Seen neither = visitor.post(one, "reason", "cut off");
      assertThat(neither.status()).isEqualTo(422);
      assertThat(neither.body())
          .contains("Choose which of them stays.")
          .contains("value=\"cut off\"");
      Visitor.Seen silent = visitor.post(one, "do", "accept", "reason", " ");
      assertThat(silent.status()).isEqualTo(422);
      assertThat(silent.body()).contains("Say why").contains("value=\"accept\" checked");

      assertThat(visitor.post(one, "do", "accept", "reason", "the first is cut off").location())
          .isEqualTo("/quarantine");
      assertThat(visitor.get("/quarantine").body()).contains("Nothing waits.");
      assertThat(visitor.get(one).status()).isEqualTo(404);
      assertThat(visitor.post(one, "do", "discard", "reason", "again").status()).isEqualTo(404);
    }
    assertThat(decided())
        .singleElement()
        .asString()
        .startsWith("technologist: instance kept apart accepted")
        .endsWith(": the first is cut off");
    assertThat(store(1, TODAY, "Petrov^Ilya")).isInstanceOf(StoreOutcome.AlreadyHeld.class);
  }

  @Test
  void whatIsDroppedIsGoneAndTheFirstStays() throws Exception {
    String one = conflict(1, TODAY);
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.post(one, "do", "discard", "reason", "sent twice").location())
          .isEqualTo("/quarantine");
      assertThat(visitor.get("/studies").body()).contains("Okonkwo").doesNotContain("Petrov");
    }
    assertThat(decided()).singleElement().asString().endsWith(": sent twice");
    assertThat(store(1, TODAY, "Okonkwo^Adaeze")).isInstanceOf(StoreOutcome.AlreadyHeld.class);
  }

  @Test
  void aHoldKeepsBothAndThePageSaysSo() throws Exception {
    String one = conflict(1, TODAY);
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.post("/holds", "id", "P-1", "reason", "file 3").location())
          .isEqualTo("/holds");
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      for (String choice : List.of("accept", "discard")) {
        Visitor.Seen refused = visitor.post(one, "do", choice, "reason", "x");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("A legal hold has lain on this");
      }
    }
  }

  @Test
  void aTechnologistDecidesOnAnotherDayButSeesNoPictureOfIt() throws Exception {
    String one = conflict(1, LONG_AGO);
    try (Visitor visitor = archive.signedIn(Role.TECHNOLOGIST)) {
      assertThat(visitor.get("/quarantine").body())
          .contains("Not shown to your role")
          .doesNotContain("Petrov");
      assertThat(visitor.get(one).body())
          .contains("Petrov, Ilya")
          .contains("Your role sees no pictures of this day.")
          .doesNotContain("<img");
      assertThat(visitor.get(one + "/picture").status()).isEqualTo(404);
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get(one).body()).contains("<img");
      assertThat(visitor.get(one + "/picture").status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsNotThereLooksLikeNothing() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      for (String name : List.of("0".repeat(32), "x", "..%2Fx")) {
        assertThat(visitor.get("/quarantine/" + name).status())
            .as(name)
            .isGreaterThanOrEqualTo(400);
        assertThat(visitor.get("/quarantine/" + name + "/picture").status())
            .as(name)
            .isGreaterThanOrEqualTo(400);
      }
    }
  }
}
