package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files that break the standard but are expected to be read all the same.
class RecoverCorpusTest {
  private static final Set<String> CUT_SHORT =
      Set.of(
          "hostile/enc-no-end.dcm",
          "hostile/trunc-pixel.dcm",
          "hostile/trunc-tag.dcm",
          "hostile/trunc-value.dcm",
          "odd/MR_truncated.dcm",
          "odd/emri_small_jpeg_2k_lossless_too_short.dcm");

  /// A stray byte before everything else; deflate in another container (a clean refusal is fine).
  private static final Set<String> REFUSED =
      Set.of("hostile/deflate-zlib-wrapped.dcm", "odd/no_meta.dcm");

  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  @Test
  void filesCutShortAreRefusedAndTheOthersRead() throws IOException {
    Set<String> cutShort = new TreeSet<>();
    Set<String> refused = new TreeSet<>();
    Map<String, DataSet> read = new TreeMap<>();
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (!row.expected().equals("recover")) {
        continue;
      }
      try {
        PartTen part = PartTen.read(new ByteArrayInputStream(row.bytes()));
        DataSetReader reader = new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER);
        read.put(row.path(), DataSets.read(reader, 1 << 16));
      } catch (DicomException e) {
        (e.isTruncated() ? cutShort : refused).add(row.path());
      }
    }
    assertThat(cutShort).isEqualTo(CUT_SHORT);
    assertThat(refused).isEqualTo(REFUSED);
    assertThat(read).hasSizeGreaterThan(30);
    Map<String, DataSet> nameless = new TreeMap<>(read);
    nameless.values().removeIf(dataSet -> dataSet.uid(Tag.SOP_CLASS_UID).isPresent());
    assertThat(nameless).containsOnlyKeys("odd/UN_sequence.dcm");
  }

  @Test
  void whatIsWrongWithTheEncodingIsTold() throws IOException, DicomException {
    for (Map.Entry<String, String> told :
        Map.of(
                "hostile/dup-tag.dcm", "(0010,0020) not in ascending order",
                "hostile/order-wrong.dcm", "not in ascending order",
                "hostile/odd-lo-length.dcm", "(0008,1030) odd length",
                "hostile/odd-us-length.dcm", "(0028,0014) length that US can't have",
                "hostile/meta-in-dataset.dcm", "file meta information inside a data set",
                "hostile/private-no-creator.dcm", "private element without its creator",
                "hostile/val-vr-unknown.dcm", "unknown value representation",
                "hostile/ts-missing.dcm", "no transfer syntax",
                "hostile/ts-says-implicit.dcm", "not in the transfer syntax it names",
                "odd/ExplVR_LitEndNoMeta.dcm", "no preamble")
            .entrySet()) {
      PartTen part =
          PartTen.read(new ByteArrayInputStream(corpus.orElseThrow().row(told.getKey()).bytes()));
      DataSetReader reader = new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER);
      DataSets.read(reader, 1 << 16);

      assertThat(String.join("\n", part.warnings()) + String.join("\n", reader.warnings()))
          .as(told.getKey())
          .contains(told.getValue());
    }
  }

  @Test
  void aTransferSyntaxInsideTheDataSetChangesNothing() throws IOException, DicomException {
    PartTen part =
        PartTen.read(
            new ByteArrayInputStream(
                corpus.orElseThrow().row("hostile/meta-in-dataset.dcm").bytes()));

    assertThat(part.syntax()).isEqualTo(Hex.EXPLICIT);
  }
}
