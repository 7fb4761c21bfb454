package leadglass.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;
import leadglass.dicom.json.BulkLinks;
import leadglass.dicom.json.JsonWriter;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real files through STOW-RS and back through WADO-RS: every sixth of the sound ones in each
/// build, all of them with `-Dleadglass.corpus=all`.
class CorpusTest {
  private static final String AS_STORED =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  private final Optional<Corpus> corpus = Corpus.find();

  private int framed;

  @TempDir Path folder;

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  /// A file of the corpus that names study, series and instance.
  private record Sample(Corpus.Row row, Uid study, Uid series, Uid instance) {
    String path() {
      return Addresses.STAFF.instance(study, series, instance);
    }

    static Optional<Sample> of(Corpus.Row row) {
      try {
        PartTen part = PartTen.read(new ByteArrayInputStream(row.bytes()));
        DataSet dataSet =
            DataSets.read(new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER), 1024);
        return dataSet
            .uid(Tag.STUDY_INSTANCE_UID)
            .flatMap(study ->
                dataSet
                    .uid(Tag.SERIES_INSTANCE_UID)
                    .flatMap(series ->
                        dataSet
                            .uid(Tag.SOP_INSTANCE_UID)
                            .map(instance -> new Sample(row, study, series, instance))));
      } catch (DicomException | IOException _) {
        return Optional.empty();
      }
    }
  }

  @Test
  void everySoundFileComesBack() throws IOException, DicomException {
    List<Sample> samples = new ArrayList<>();
    int every = System.getProperty("leadglass.corpus", "").equals("all") ? 1 : 6;
    int sound = 0;
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (row.expected().equals("ok") && sound++ % every == 0) {
        Sample.of(row).ifPresent(samples::add);
      }
    }
    assertThat(samples).hasSizeGreaterThan(500 / every);
    Map<String, String> wrong = new TreeMap<>();
    // Some share their UIDs: each goes into an archive that has none of the others.
    Map<Uid, Integer> seen = new HashMap<>();
    Map<Integer, List<Sample>> rounds = new TreeMap<>();
    for (Sample sample : samples) {
      int round = seen.merge(sample.instance(), 1, Integer::sum);
      rounds.computeIfAbsent(round, _ -> new ArrayList<>()).add(sample);
    }
    for (Map.Entry<Integer, List<Sample>> round : rounds.entrySet()) {
      try (TestArchive archive = new TestArchive(folder.resolve("round" + round.getKey()))) {
        for (Sample sample : round.getValue()) {
          difference(archive, sample)
              .ifPresent(difference -> wrong.put(sample.row().path(), difference));
        }
        assertThat(archive.anyFailed()).as("%s", archive.events).isFalse();
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(framed).isGreaterThan(500 / every);
  }

  private Optional<String> difference(TestArchive archive, Sample sample)
      throws IOException, DicomException {
    byte[] file = sample.row().bytes();
    HttpResponse<byte[]> stored = archive.storeFile(file);
    if (stored.statusCode() != 200) {
      return Optional.of("store " + stored.statusCode() + warnings(stored));
    }
    Optional<String> difference = compare(archive, sample, file);
    return difference.isPresent() ? difference : others(archive, sample);
  }

  private static List<String> warnings(HttpResponse<byte[]> response) {
    return response.headers().allValues("Warning");
  }

  private static Optional<String> compare(TestArchive archive, Sample sample, byte[] file)
      throws IOException, DicomException {
    HttpResponse<byte[]> response = archive.get(sample.path(), AS_STORED);
    if (response.statusCode() != 200) {
      return Optional.of("retrieve " + response.statusCode());
    }
    PartTen sent = PartTen.read(new ByteArrayInputStream(file));
    PartTen got =
        PartTen.read(new ByteArrayInputStream(TestFiles.parts(response).getFirst().bytes()));
    byte[] before = sent.dataSet().readAllBytes();
    byte[] after = got.dataSet().readAllBytes();
    boolean asSent = sent.syntax().explicitVr() && !sent.syntax().bigEndian();
    if (asSent) {
      boolean same = got.syntax().equals(sent.syntax()) && Arrays.equals(before, after);
      return same ? Optional.empty() : Optional.of("other bytes");
    }
    if (!got.syntax().equals(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)) {
      return Optional.of("not explicit little endian");
    }
    return contents(before, sent.syntax()).equals(contents(after, got.syntax()))
        ? Optional.empty()
        : Optional.of("other elements");
  }

  /// Every element, with pixel data in little endian.
  private static String contents(byte[] dataSet, TransferSyntax syntax)
      throws IOException, DicomException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(json, Integer.MAX_VALUE, BulkLinks.NONE);
    writer.write(new DataSetReader(new ByteArrayInputStream(dataSet), syntax, ReadLimits.PEER));
    writer.drain();
    DataSetReader reader =
        new DataSetReader(new ByteArrayInputStream(dataSet), syntax, ReadLimits.PEER);
    StringBuilder pixels = new StringBuilder();
    for (var event = reader.next(); event != DataSetReader.Event.END; event = reader.next()) {
      if (Tag.isPixelData(reader.tag()) && reader.depth() == 0 && reader.length() >= 0) {
        pixels.append(Arrays.hashCode(reader.value()));
      }
    }
    return json.toString(StandardCharsets.UTF_8) + pixels;
  }

  @Test
  void everyUnsoundFileIsRefusedWithAReason() throws IOException {
    Map<String, String> wrong = new TreeMap<>();
    try (TestArchive archive = new TestArchive(folder)) {
      for (Corpus.Row row : corpus.orElseThrow().rows()) {
        if (!row.expected().equals("reject") || row.concernsRendering()) {
          continue;
        }
        for (boolean single : new boolean[] {true, false}) {
          byte[] file = row.bytes();
          HttpResponse<byte[]> response =
              single
                  ? archive.storeFile(file)
                  : archive.store(
                      "/dicomweb/studies", TestFiles.MULTIPART, TestFiles.multipart(file));
          if (response.statusCode() != 409 || warnings(response).isEmpty()) {
            wrong.put(row.path(), response.statusCode() + " " + warnings(response));
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(new String(archive.get("/dicomweb/studies", "").body(), StandardCharsets.UTF_8))
          .isEqualTo("[]");
      assertThat(archive.anyFailed()).as("%s", archive.events).isFalse();
    }
  }

  /// Metadata, what it links, and the first frame.
  private Optional<String> others(TestArchive archive, Sample sample) throws IOException {
    HttpResponse<byte[]> metadata = archive.get(sample.path() + "/metadata", Search.JSON);
    if (metadata.statusCode() != 200) {
      return Optional.of("metadata " + metadata.statusCode());
    }
    for (String link : links(new String(metadata.body(), StandardCharsets.UTF_8))) {
      int status = archive.get(link, "").statusCode();
      // Encapsulated pixel data whose frames can't be told apart can only be had as a whole file.
      boolean mayBeMissing = link.endsWith("/bulkdata/7FE00010") && status == 404;
      if (status != 200 && !mayBeMissing) {
        return Optional.of("a linked value " + status);
      }
    }
    HttpResponse<byte[]> frame = archive.get(sample.path() + "/frames/1", "");
    if (frame.statusCode() == 200) {
      framed++;
      return TestFiles.parts(frame).size() == 1 ? Optional.empty() : Optional.of("frame");
    }
    return frame.statusCode() == 404 ? Optional.empty() : Optional.of("frame");
  }

  private static List<String> links(String json) {
    List<String> links = new ArrayList<>();
    String before = "\"BulkDataURI\":\"";
    for (int at = json.indexOf(before); at >= 0; at = json.indexOf(before, at + 1)) {
      int from = at + before.length();
      links.add(json.substring(from, json.indexOf('"', from)));
    }
    return links;
  }
}
