package leadglass.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// DICOM JSON of real files beside that of DCMTK and pydicom.
class JsonGoldenTest {

  /// Why, with clause and evidence, is in docs/standard.md.
  private static final Set<String> DEVIATIONS =
      Set.of(
          "hostile/meta-len-huge.dcm",
          "hostile/meta-len-short.dcm",
          "hostile/val-ds-nan.dcm",
          "odd/54-implicit-file-meta-info.dcm",
          "odd/J2K_pixelrep_mismatch.dcm",
          "odd/explicit_VR-UN.dcm",
          "valid/image-ct/CT1_UNC.implicit_little_endian.dcm",
          "valid/image-ct/GECT_LittleEndianImplicit.dcm",
          "valid/image-mr/nib_nibabel_0.dcm",
          "valid/image-mr/nib_nibabel_1.dcm");

  /// Refused, because they end early (the goldens are what pydicom read until then) or are no data
  /// set (pydicom read all of it as one element).
  private static final Set<String> REFUSED =
      Set.of(
          "hostile/enc-no-end.dcm",
          "hostile/trunc-pixel.dcm",
          "hostile/trunc-tag.dcm",
          "hostile/trunc-value.dcm",
          "odd/MR_truncated.dcm",
          "odd/emri_small_jpeg_2k_lossless_too_short.dcm",
          "odd/no_meta.dcm");

  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  private static String json(byte[] file) throws IOException, DicomException {
    PartTen part = PartTen.read(new ByteArrayInputStream(file));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(out, Integer.MAX_VALUE, BulkLinks.NONE);
    writer.write(new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER));
    writer.drain();
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Python wrote infinity where DCMTK wrote 1e400.
  private static String golden(Path file) throws IOException {
    return Files.readString(file).replace(":Infinity", ":1E999").replace(",Infinity", ",1E999");
  }

  private static Optional<String> difference(Corpus.Row row, Path golden) throws IOException {
    try {
      return GoldenDiff.of(
          Json.parse(golden(golden)),
          Json.parse(json(row.bytes())),
          row.column("json_oracle").equals("pydicom"));
    } catch (DicomException e) {
      return Optional.of("refused: " + e.getMessage());
    }
  }

  @Test
  void everyFileAgreesWithItsGolden() throws IOException {
    Map<String, String> deviations = new TreeMap<>();
    Set<String> refused = new TreeSet<>();
    int compared = 0;
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      Path golden = corpus.orElseThrow().file("golden/json/" + row.path() + ".json");
      if (Files.exists(golden)) {
        compared++;
        Optional<String> difference = difference(row, golden);
        if (difference.isPresent() && difference.get().startsWith("refused")) {
          refused.add(row.path());
        } else if (difference.isPresent()) {
          deviations.put(row.path(), difference.get());
        }
      }
    }
    assertThat(compared).isGreaterThan(400);
    assertThat(deviations).containsOnlyKeys(DEVIATIONS);
    assertThat(refused).isEqualTo(REFUSED);
  }

  @Test
  void filesWithADigestOnlyAgreeWithIt() throws IOException, DicomException {
    Set<String> deviations = new TreeSet<>();
    int compared = 0;
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      Path golden = corpus.orElseThrow().file("golden/json/" + row.path() + ".json");
      if (!Files.exists(golden) && row.column("json_oracle").equals("dcm2json")) {
        compared++;
        Object ours = Json.parse(json(row.bytes()));
        if (!GoldenText.sha256(ours).equals(row.column("json_sha256"))) {
          deviations.add(row.path());
        }
      }
    }
    assertThat(compared).isGreaterThan(300);
    assertThat(deviations).isEmpty();
  }
}
