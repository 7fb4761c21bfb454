package leadglass.server.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.Safekeeping;
import leadglass.store.BackupOrder;
import leadglass.store.Backups;
import leadglass.store.Progress;
import leadglass.store.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An erasure from asking to the last copy of the keys, on the pages.
class CertificatePagesTest {
  private static final String TODAY = "20261125";

  @TempDir private Path folder;
  private TestArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = TestArchive.ofEveryRole(folder);
    Origin origin = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
    Caller by =
        new Caller.Person("radiologist", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST), origin);
    archive.store(by, 1, TODAY, "Okonkwo^Adaeze");
    archive.store(by, 2, TODAY, "Petrov^Ilya");
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private void backup(String to, String keys) throws IOException {
    BackupOrder order =
        new BackupOrder(
            Backups.folder(folder.resolve(to)),
            folder.resolve(keys),
            "test",
            Optional.empty(),
            Optional.empty(),
            true,
            Map.of(),
            Progress.NONE);
    assertThat(archive.archive.safekeeping().backup(TestArchive.console(), order))
        .isInstanceOf(Safekeeping.Outcome.Done.class);
  }

  /// Asked for by the administrator, confirmed by the witness.
  private String confirmed() throws Exception {
    String erasure;
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      String[] typed = {"id", "P-1", "category", "request", "note", "file 12/7"};
      erasure = visitor.post("/erasures/ask", typed).location();
      assertThat(erasure).startsWith("/erasures/");
    }
    try (Visitor visitor = archive.signedIn(Role.WITNESS)) {
      assertThat(visitor.post(erasure + "/confirm", "id", "P-1", "sure", "yes").location())
          .isEqualTo(erasure);
    }
    return erasure;
  }

  private static List<String> offered(String page) {
    return Pattern.compile("name=\"backup\" value=\"([^\"]+)\"")
        .matcher(page)
        .results()
        .map((MatchResult one) -> one.group(1))
        .toList();
  }

  /// Of a patient nothing may stand there but the pseudonym.
  private static void tellsNothing(String page) {
    assertThat(page)
        .doesNotContain("Okonkwo")
        .doesNotContain("Adaeze")
        .doesNotContain("P-1")
        .doesNotContain("Phantom of 1")
        .doesNotContain(TestArchive.study(1).value())
        .doesNotContain("file 12/7");
  }

  @Test
  void itIsCompleteOnlyWhenEveryOlderCopyOfTheKeysIsAnsweredFor() throws Exception {
    backup("to-1", "keys-1");
    backup("to-2", "keys-2");
    backup("to-3", "keys-3");
    String erasure = confirmed();
    String certificate = erasure + "/certificate";
    archive.live(Duration.ofDays(6));
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get("/studies").body()).contains("Okonkwo");
    }
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get(certificate).status()).isEqualTo(404);
      assertThat(visitor.get(erasure).body()).contains("confirmed").contains("Take it back");
    }
    archive.live(Duration.ofDays(2));
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get("/studies").body()).doesNotContain("Okonkwo").contains("Petrov");
    }
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/erasures").body()).contains("href=\"" + certificate + "\"");
      assertThat(visitor.get(erasure).body()).doesNotContain("Take it back");
      assertThat(visitor.post(erasure + "/take-back").status()).isEqualTo(422);

      String page = visitor.get(certificate).body();
      assertThat(page)
          .contains("<span class=\"tag warn\">Not complete</span>")
          .contains("3 older copies of the keys still exist.")
          .contains("the patient asked for it")
          .contains("by administrator")
          .contains("by witness")
          .contains("<dt>Studies whose keys were destroyed</dt><dd><bdi>1</bdi></dd>")
          .contains("2026-11-25T04:00")
          .contains(folder.resolve("keys-1").toString())
          .contains("<lg-print>")
          .contains("<form class=\"noprint\" method=\"post\"");
      tellsNothing(page);
      List<String> copies = offered(page);
      assertThat(copies).hasSize(3);

      // The next backup takes the older copy of its own place away.
      backup("to-1", "keys-1");
      page = visitor.get(certificate).body();
      assertThat(page).contains("2 older copies of the keys still exist.").contains("removed");
      assertThat(offered(page)).hasSize(2).noneMatch(copy -> copy.contains("keys-1"));

      expire(only(offered(page), "keys-3"));
      page = visitor.get(certificate).body();
      assertThat(page).contains("1 older copy of the keys still exist").contains("expired");

      String last = only(offered(page), "keys-2");
      assertThat(visitor.post(erasure + "/tick", "backup", "/no/such/copy").status())
          .isEqualTo(404);
      assertThat(visitor.get(certificate).body()).contains("Not complete");
      assertThat(visitor.post(erasure + "/tick", "backup", last).location()).isEqualTo(certificate);
      page = visitor.get(certificate).body();
      assertThat(page)
          .contains("<span class=\"tag ok\">Complete</span>")
          .contains("Complete: no older copy of the keys is left.")
          .contains("ticked by administrator, 3 Dec 2026");
      assertThat(offered(page)).isEmpty();
      tellsNothing(page);
      assertThat(visitor.post(erasure + "/tick", "backup", last).status()).isEqualTo(404);
    }
  }

  private static String only(List<String> copies, String folder) {
    List<String> there = copies.stream().filter(copy -> copy.contains(folder)).toList();
    assertThat(there).hasSize(1);
    return there.getFirst();
  }

  /// Whoever keeps that copy says that its time is over.
  private void expire(String copy) {
    Registry registry = archive.store.registry();
    Registry.Entry kept = registry.find("key-backup", copy).orElseThrow();
    String expired = new String(kept.document(), UTF_8).replace("\"present\"", "\"expired\"");
    assertThat(registry.put("key-backup", copy, kept.version(), expired.getBytes(UTF_8))).isTrue();
  }

  @Test
  void theWitnessReadsItAndNobodyElseButAdministrators() throws Exception {
    backup("to-1", "keys-1");
    String erasure = confirmed();
    String certificate = erasure + "/certificate";
    archive.live(Duration.ofDays(8));
    String copy;
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      copy = offered(visitor.get(certificate).body()).getFirst();
    }
    try (Visitor visitor = archive.signedIn(Role.WITNESS)) {
      String page = visitor.get(certificate).body();
      assertThat(page).contains("Not complete").contains(folder.resolve("keys-1").toString());
      assertThat(offered(page)).isEmpty();
      tellsNothing(page);
      assertThat(visitor.post(erasure + "/tick", "backup", copy).status()).isEqualTo(403);
    }
    for (Role role :
        List.of(
            Role.TECHNOLOGIST, Role.RADIOLOGIST, Role.FRONT_DESK, Role.AUDITOR, Role.REFERRER)) {
      try (Visitor visitor = archive.signedIn(role)) {
        Visitor.Seen there = visitor.get(certificate);
        Visitor.Seen nowhere = visitor.get("/erasures/" + "0".repeat(32) + "/certificate");
        assertThat(there.status()).as(role.word()).isEqualTo(403).isEqualTo(nowhere.status());
        assertThat(there.body()).isEqualTo(nowhere.body());
        assertThat(visitor.get("/erasures").status()).isEqualTo(403);
        assertThat(visitor.post(erasure + "/tick", "backup", copy).status()).isEqualTo(403);
        assertThat(visitor.get(visitor.get("/").location()).body()).doesNotContain("/erasures");
      }
    }
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get(certificate).body()).contains("Not complete");
    }
  }

  @Test
  void withoutAnyOlderCopyItIsCompleteAtOnce() throws Exception {
    String erasure = confirmed();
    archive.live(Duration.ofDays(8));
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get(erasure + "/certificate").body())
          .contains("Complete: no older copy of the keys is left.")
          .contains("<p>None.</p>");
    }
  }

  @Test
  void whatWasTakenBackInTimeHasNoCertificate() throws Exception {
    String erasure = confirmed();
    archive.live(Duration.ofDays(6));
    try (Visitor visitor = archive.signedIn(Role.WITNESS)) {
      assertThat(visitor.post(erasure + "/take-back").location()).isEqualTo(erasure);
    }
    archive.live(Duration.ofDays(8));
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get(erasure + "/certificate").status()).isEqualTo(404);
      assertThat(visitor.get(erasure).body()).contains("taken back");
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get("/studies").body()).contains("Okonkwo");
    }
  }
}
