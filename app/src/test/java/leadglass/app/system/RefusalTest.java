package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import leadglass.archive.Act;
import leadglass.archive.AuditEntry;
import leadglass.archive.Role;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.testkit.Corpus;
import leadglass.testkit.RawFile;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Wrong, truncated and hostile files at every door.
class RefusalTest {
  private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
  private static final int COMMENT_CHARS_MAX = 64;
  private static final int UID_TAKEN = 0xC101;

  /// Sound as far as they go, but something is missing: what, nobody can tell any more.
  private static final Set<String> CUT_SHORT =
      Set.of(
          "hostile/enc-no-end.dcm",
          "hostile/trunc-pixel.dcm",
          "hostile/trunc-tag.dcm",
          "hostile/trunc-value.dcm",
          "odd/MR_truncated.dcm",
          "odd/emri_small_jpeg_2k_lossless_too_short.dcm");

  /// What is wrong with it is in the compressed picture, which the door does not look into.
  private static final Set<String> SILENT = Set.of("odd/GDCMJ2K_TextGBR.dcm");

  @TempDir private Path folder;
  private List<Corpus.Row> rows = List.of();
  private final List<String> problems = new ArrayList<>();

  /// What a door said.
  private record Said(boolean stored, String words) {}

  /// A door that files are offered at.
  @FunctionalInterface
  private interface Door {
    Said offer(OpenArchive archive, Corpus.Row row) throws IOException;
  }

  @BeforeEach
  void readCorpus() {
    assumeTrue(Corpus.find().isPresent(), Corpus.ABSENT);
    rows = Corpus.find().orElseThrow().rows();
  }

  private List<Corpus.Row> expected(String expectation) {
    return rows.stream()
        .filter(row -> row.expected().equals(expectation) && !row.concernsRendering())
        .toList();
  }

  private static Said post(OpenArchive archive, Corpus.Row row) throws IOException {
    HttpResponse<byte[]> answer = archive.web.stow(archive.token(Role.TECHNOLOGIST), row.bytes());
    String warning = String.join("; ", answer.headers().allValues("Warning"));
    if (answer.statusCode() != 200) {
      assertThat(answer.statusCode()).as(row.path()).isBetween(400, 409);
      assertThat(Web.text(answer)).as(row.path()).contains("00081197");
    }
    return new Said(answer.statusCode() == 200, warning);
  }

  private static Said bring(OpenArchive archive, Corpus.Row row) throws IOException {
    Command command =
        Command.run("import", row.file(), "--json", "--data", archive.premises.data());
    assertThat(command.exit()).as(row + ": " + command.err()).isIn(0, 1);
    JsonNode report = JsonMapper.builder().build().readTree(command.out());
    boolean refused = report.get("refused").size() == 1;
    assertThat(command.exit()).as(row.path()).isEqualTo(refused ? 1 : 0);
    if (refused) {
      return new Said(false, report.get("refused").get(0).get("rule").stringValue());
    }
    assertThat(report.get("stored").intValue() + report.get("alreadyHeld").intValue())
        .as(row.path())
        .isEqualTo(1);
    JsonNode warned = report.get("warned");
    return new Said(true, warned.isEmpty() ? "" : warned.get(0).get("warnings").toString());
  }

  /// The data set as it is, over an association of its own, on which another instance follows.
  private static Said send(OpenArchive archive, Corpus.Row row) throws IOException {
    RawFile file = RawFile.of(row.bytes());
    Sample sample = Sample.of(row);
    String syntax =
        Stream.of(file.transferSyntax(), row.column("ts"), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .filter(uid -> !uid.isEmpty() && Uid.parse(uid).isPresent())
            .findFirst()
            .orElseThrow();
    boolean registered =
        Uid.parse(sample.sopClass()).filter(Uids.storageSopClasses()::contains).isPresent();
    String sopClass = registered ? sample.sopClass() : SECONDARY_CAPTURE;
    String instance = sample.instance().isEmpty() ? "2.25.404" : sample.instance();
    try (RawScu scu =
        archive
            .association(Premises.CT1)
            .propose(sopClass, syntax)
            .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      int context = scu.context(sopClass, syntax);
      if (context < 0) {
        int result = scu.answers().getOrDefault(1, new RawScu.Answer(0, "")).result();
        scu.release();
        return new Said(false, "presentation context result " + result);
      }
      RawScu.Reply reply = scu.store(context, sopClass, instance, file.dataSet());
      assertThat(reply.errorComment().length())
          .as(row.path())
          .isLessThanOrEqualTo(COMMENT_CHARS_MAX);
      assertThat(scu.echo().status()).as("after " + row.path()).isZero();
      scu.release();
      return new Said(reply.status() == 0, reply.errorComment());
    }
  }

  private static Map<String, Door> doors() {
    Map<String, Door> doors = new LinkedHashMap<>();
    doors.put("C-STORE", RefusalTest::send);
    doors.put("STOW-RS", RefusalTest::post);
    doors.put("import", RefusalTest::bring);
    return doors;
  }

  /// Runs of letters and digits that stand in a file: no answer about it may repeat one.
  private static Set<String> words(byte[] file) {
    Matcher matcher =
        Pattern.compile("[A-Za-z0-9^._-]{7,}")
            .matcher(new String(file, StandardCharsets.ISO_8859_1));
    Set<String> words = new TreeSet<>();
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  private void checkReason(String door, Corpus.Row row, Said said) throws IOException {
    String at = door + ", " + row + ": ";
    if (said.words().isBlank()) {
      problems.add(at + "no reason");
    }
    for (String word : words(row.bytes())) {
      if (said.words().contains(word)) {
        problems.add(at + "the reason repeats what stands in the file");
      }
    }
  }

  @Test
  void whatCantBeReadIsRefusedAtEveryDoorAndNothingOfItIsKept() throws IOException {
    List<Corpus.Row> refused = expected("reject");
    assertThat(refused).hasSizeGreaterThan(20);
    Premises premises = Premises.in(folder);
    int offered = 0;
    try (OpenArchive archive = new OpenArchive(premises);
        RawScu bystander =
            archive
                .association(Premises.CT2)
                .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
                .open()) {
      for (Map.Entry<String, Door> door : doors().entrySet()) {
        for (Corpus.Row row : refused) {
          Said said = door.getValue().offer(archive, row);
          if (said.stored()) {
            problems.add(door.getKey() + ", " + row + ": stored");
          }
          checkReason(door.getKey(), row, said);
          assertThat(bystander.echo().status()).as("bystander after " + row).isZero();
          offered += said.words().startsWith("presentation context") ? 0 : 1;
        }
      }
      bystander.release();
      assertThat(problems).isEmpty();
      assertThat(archive.status().instances()).isZero();
      assertThat(archive.status().studies()).isZero();
      assertThat(
              archive
                  .web
                  .get(
                      archive.token(Role.RADIOLOGIST),
                      "/dicomweb/studies",
                      "application/dicom+json")
                  .statusCode())
          .isIn(200, 204);
    }
    List<AuditEntry> entries =
        premises.audit().stream().filter(entry -> entry.act() == Act.STORED).toList();
    assertThat(entries).hasSize(offered).noneMatch(AuditEntry::success);
  }

  @Test
  void whatBreaksTheStandardIsKeptWithAWarningUnlessItIsCutShort() throws IOException {
    List<Corpus.Row> some = expected("recover");
    assertThat(some).hasSizeGreaterThan(40);
    Map<String, String> silent = new TreeMap<>();
    for (Map.Entry<String, Door> door : doors().entrySet()) {
      Path here = folder.resolve(door.getKey());
      try (OpenArchive archive = new OpenArchive(Premises.in(here))) {
        for (Corpus.Row row : some) {
          Said said = door.getValue().offer(archive, row);
          String at = door.getKey() + ", " + row + ": ";
          boolean whole = !CUT_SHORT.contains(row.path());
          boolean belongs = !Sample.of(row).study().isEmpty();
          if (said.stored() != (whole && belongs)) {
            problems.add(at + (said.stored() ? "stored" : "refused, " + said.words()));
          } else if (!said.stored()) {
            checkReason(door.getKey(), row, said);
          } else if (said.words().isBlank() && !door.getKey().equals("C-STORE")) {
            silent.put(row.path(), door.getKey());
          }
        }
      }
      Premises.delete(here);
    }
    assertThat(problems).isEmpty();
    assertThat(silent.keySet()).isEqualTo(SILENT);
  }

  @Test
  void aFileThatBelongsToNoStudyIsRefusedWithThatReason() throws IOException {
    List<Corpus.Row> homeless = new ArrayList<>();
    for (Corpus.Row row : expected("ok")) {
      if (Sample.of(row).study().isEmpty()) {
        homeless.add(row);
      }
    }
    assertThat(homeless).hasSizeGreaterThan(20).anyMatch(row -> row.path().endsWith("DICOMDIR"));
    try (OpenArchive archive = new OpenArchive(Premises.in(folder))) {
      for (Corpus.Row row : homeless) {
        for (Map.Entry<String, Door> door : doors().entrySet()) {
          Said said = door.getValue().offer(archive, row);
          String words = said.words().toLowerCase(Locale.ROOT);
          // Some have no SOP Instance UID either, which is noticed first.
          if (said.stored() || !(words.contains("study") || words.contains("sop instance uid"))) {
            problems.add(door.getKey() + ", " + row + ": " + said);
          }
        }
      }
      assertThat(problems).isEmpty();
      assertThat(archive.status().instances()).isZero();
    }
  }

  @Test
  void theSameUidWithOtherBytesIsRefusedAndTheFirstStays() throws Exception {
    Corpus corpus = Corpus.find().orElseThrow();
    Sample first = Sample.of(corpus.row("hostile/twin-a.dcm"));
    Sample second = Sample.of(corpus.row("hostile/twin-b.dcm"));
    assertThat(second.instance()).isEqualTo(first.instance());
    try (OpenArchive archive = new OpenArchive(Premises.in(folder))) {
      List<Integer> together = storeAtOnce(archive, List.of(first, second, first, second));
      assertThat(together.stream().filter(status -> status == 0)).hasSize(2);
      assertThat(together.stream().filter(status -> status == UID_TAKEN)).hasSize(2);
      assertThat(archive.status().instances()).isEqualTo(1);
      Sample kept = together.getFirst() == 0 ? first : second;
      Sample other = together.getFirst() == 0 ? second : first;
      String technologist = archive.token(Role.TECHNOLOGIST);
      for (int again = 0; again < 2; again++) {
        assertThat(archive.web.stow(technologist, kept.row().bytes()).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> refused = archive.web.stow(technologist, other.row().bytes());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Web.text(refused)).contains(Integer.toString(UID_TAKEN));
        assertThat(bring(archive, kept.row()).stored()).isTrue();
        assertThat(bring(archive, other.row()).stored()).isFalse();
      }
      HttpResponse<byte[]> fetched =
          archive.web.get(archive.token(Role.RADIOLOGIST), kept.address(), Web.AS_STORED);
      assertThat(Same.difference(kept, Web.part(fetched))).isEmpty();
      assertThat(archive.status().instances()).isEqualTo(1);
      assertThat(archive.status().studies()).isEqualTo(1);
    }
  }

  /// Each over an association of its own, all together.
  private static List<Integer> storeAtOnce(OpenArchive archive, List<Sample> samples)
      throws Exception {
    CyclicBarrier ready = new CyclicBarrier(samples.size());
    List<Future<Integer>> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Sample sample : samples) {
        statuses.add(
            threads.submit(() -> {
              try (RawScu scu =
                  archive
                      .association(Premises.CT1)
                      .propose(sample.sopClass(), sample.syntax())
                      .open()) {
                ready.await(60, TimeUnit.SECONDS);
                byte[] dataSet = sample.file().dataSet();
                int status = scu.store(1, sample.sopClass(), sample.instance(), dataSet).status();
                scu.release();
                return status;
              }
            }));
      }
    }
    List<Integer> answers = new ArrayList<>();
    for (Future<Integer> status : statuses) {
      answers.add(status.get(60, TimeUnit.SECONDS));
    }
    return answers;
  }
}
