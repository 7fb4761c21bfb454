package leadglass.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Caller;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Dictionary;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.association.Transport;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Services;
import leadglass.server.scp.DicomServer;
import leadglass.server.scp.DicomSettings;
import leadglass.server.web.SameQueries.Asked;
import leadglass.testkit.Corpus;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One archive, two doors: C-FIND over TLS from an enrolled device, and QIDO-RS, bring the same for
/// 500 generated queries over the attributes of the corpus; and what a plain matcher written for
/// this test finds in the corpus' own table.
class SameAnswersTest {
  private static final int QUERIES = 500;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Uid STUDY_ROOT = new Uid("1.2.840.10008.5.1.4.1.2.2.1");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Caller CONSOLE =
      new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));

  @TempDir private Path folder;

  @Test
  void bothDoorsBringTheSame() throws Exception {
    assumeTrue(Corpus.find().isPresent(), Corpus.ABSENT);
    Path table = Corpus.find().orElseThrow().file("golden/index.tsv");
    assumeTrue(Files.isReadable(table), Corpus.ABSENT);
    try (TestArchive archive = new TestArchive(folder.resolve("archive"));
        DicomServer dicom =
            DicomServer.start(
                new DicomSettings(
                    "LEADGLASS", "127.0.0.1", 0, 8, Duration.ofSeconds(30), Duration.ofMinutes(1)),
                _ -> true,
                archive.archive.authority().server(List.of()),
                archive.archive,
                InstantSource.system(),
                _ -> {});
        RequestedAssociation association = open(archive, dicom.port())) {
      assertThat(association.extended(STUDY_ROOT)).containsExactly(1, 0, 0);
      List<Map<String, String>> held = store(archive, table);
      assertThat(held).hasSizeGreaterThan(600);
      Map<String, String> wrong = new TreeMap<>();
      int found = 0;
      int alone = 0;
      for (Asked asked : new SameQueries(held, 20_261_126).take(QUERIES)) {
        Set<String> byDimse = byDimse(association, asked);
        Set<String> byWeb = byWeb(archive, asked);
        if (!byDimse.equals(byWeb)) {
          wrong.put(
              asked.toString(),
              "by C-FIND alone "
                  + without(byDimse, byWeb)
                  + ", by QIDO-RS alone "
                  + without(byWeb, byDimse));
        }
        if (asked.expected().isPresent() && !asked.expected().get().equals(byDimse)) {
          wrong.put(
              asked.toString(),
              byDimse.size() + " found, " + asked.expected().get().size() + " are");
        }
        found += byDimse.isEmpty() ? 0 : 1;
        alone += asked.expected().isPresent() ? 1 : 0;
      }
      assertThat(wrong).isEmpty();
      assertThat(found).as("queries that find anything").isGreaterThan(QUERIES / 2);
      assertThat(alone).as("queries matched a second way").isGreaterThan(QUERIES / 2);
    }
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(some);
    return left;
  }

  private RequestedAssociation open(TestArchive archive, int port) throws IOException {
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.FIND),
            Optional.empty(),
            Optional.empty());
    Devices.Change change =
        archive.archive.devices().add(CONSOLE, "READ1", terms, new DeviceKey.Made(""));
    if (!(change instanceof Devices.Change.Done done)) {
      throw new IOException("not enrolled");
    }
    Path key = Files.writeString(folder.resolve("key.pem"), done.key());
    Path certificate = Files.writeString(folder.resolve("cert.pem"), done.certificate());
    Path ca = Files.writeString(folder.resolve("ca.pem"), done.ca());
    SSLContext context = TestTls.client(key, certificate, ca);
    Transport transport =
        socket -> {
          SSLSocket secured =
              (SSLSocket) context.getSocketFactory().createSocket(socket, null, 0, true);
          secured.startHandshake();
          return new Transport.Link(
              secured.getInputStream(), secured.getOutputStream(), List.of(), secured);
        };
    return RequestedAssociation.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        transport,
        Proposal.of("LEADGLASS", "READ1")
            .context(STUDY_ROOT, List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()))
            .extended(STUDY_ROOT, "010000")
            .build(),
        Services.none(),
        "",
        RequestorSettings.defaults(new Uid("2.25.7"), "TEST"),
        InstantSource.system(),
        _ -> {});
  }

  /// Keeps one instance of each UID without its bulk, each series in one study alone.
  private static List<Map<String, String>> store(TestArchive archive, Path table) throws Exception {
    Map<String, List<Map<String, String>>> studies = new LinkedHashMap<>();
    Set<String> uids = new TreeSet<>();
    Map<String, String> studyOf = new TreeMap<>();
    for (Map<String, String> row : rows(table)) {
      String study = row.getOrDefault("study_uid", "");
      boolean here =
          study.equals(studyOf.computeIfAbsent(row.getOrDefault("series_uid", ""), _ -> study));
      if (here && uids.add(row.getOrDefault("sop_uid", ""))) {
        studies.computeIfAbsent(row.getOrDefault("study_uid", ""), _ -> new ArrayList<>()).add(row);
      }
    }
    List<Map<String, String>> held = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<List<Map<String, String>>>> all = new ArrayList<>();
      for (List<Map<String, String>> study : studies.values()) {
        all.add(threads.submit(() -> kept(archive, study)));
      }
      for (Future<List<Map<String, String>>> each : all) {
        held.addAll(each.get());
      }
    }
    return held;
  }

  private static List<Map<String, String>> kept(
      TestArchive archive, List<Map<String, String>> study) throws IOException {
    List<Map<String, String>> kept = new ArrayList<>();
    for (Map<String, String> row : study) {
      Path file = Corpus.find().orElseThrow().file(row.getOrDefault("path", ""));
      Optional<byte[]> attributes = attributes(file);
      if (attributes.isPresent()
          && archive
                  .archive
                  .ingest()
                  .storeFile(
                      new Caller.Person(
                          "mara",
                          Role.RADIOLOGIST,
                          Set.of(Role.RADIOLOGIST),
                          new Origin(Origin.Door.PAGE, "127.0.0.1")),
                      Optional.empty(),
                      new ByteArrayInputStream(attributes.get()))
              instanceof StoreOutcome.Stored) {
        kept.add(row);
      }
    }
    return kept;
  }

  /// A file of what lists are made of.
  private static Optional<byte[]> attributes(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      PartTen part = PartTen.read(in);
      DataSet whole =
          DataSets.read(new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER), 1024);
      DataSet.Builder few = DataSet.builder();
      for (Element each : whole) {
        boolean listed =
            each.tag() == Tag.SPECIFIC_CHARACTER_SET
                || Tag.group(each.tag()) == 0x0008
                || Tag.group(each.tag()) == 0x0010
                || Tag.group(each.tag()) == 0x0020;
        if (listed && !(each instanceof Element.Bulk)) {
          few.add(each);
        }
      }
      Optional<Uid> sopClass = whole.uid(Tag.SOP_CLASS_UID);
      Optional<Uid> instance = whole.uid(Tag.SOP_INSTANCE_UID);
      return sopClass.flatMap(
          each -> instance.map(uid -> TestFiles.file(each, uid.value(), few.build())));
    } catch (DicomException _) {
      return Optional.empty();
    }
  }

  private static List<Map<String, String>> rows(Path table) throws IOException {
    List<String> lines = Files.readAllLines(table);
    String[] names = lines.getFirst().split("\t", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      rows.add(row);
    }
    rows.sort(Comparator.comparing(row -> row.getOrDefault("path", "")));
    return rows;
  }

  private static Set<String> byDimse(RequestedAssociation association, Asked asked)
      throws IOException {
    DataSet.Builder identifier =
        DataSet.builder().utf8().text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, asked.level().word());
    asked
        .keys()
        .forEach((keyword, value) -> {
          int tag = Dictionary.tag(keyword).orElseThrow();
          identifier.text(tag, Dictionary.vr(tag, false), value);
        });
    identifier.text(asked.level().uid(), Vr.UI);
    QueryScu query = QueryScu.ask(association, STUDY_ROOT, identifier.build(), SOON);
    Set<String> uids = new TreeSet<>();
    for (var match = query.next(); match.isPresent(); match = query.next()) {
      assertThat(uids.add(match.get().string(asked.level().uid()).orElseThrow()))
          .as("%s: each once", asked)
          .isTrue();
    }
    assertThat(query.status()).as("%s: %s", asked, query.comment()).isZero();
    assertThat(query.allMatched()).as("%s", asked).isTrue();
    return uids;
  }

  private static Set<String> byWeb(TestArchive archive, Asked asked) throws IOException {
    String parameters =
        asked.keys().entrySet().stream()
            .map(key -> key.getKey() + "=" + URLEncoder.encode(key.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<byte[]> response =
        archive.get(
            "/dicomweb/" + asked.level().resource() + "?limit=1000&" + parameters, Search.JSON);
    assertThat(response.statusCode()).as("%s", asked).isEqualTo(200);
    Set<String> uids = new TreeSet<>();
    String tag = String.format("%08X", asked.level().uid());
    for (JsonNode row : MAPPER.readTree(response.body())) {
      uids.add(row.path(tag).path("Value").path(0).asString());
    }
    return uids;
  }
}
