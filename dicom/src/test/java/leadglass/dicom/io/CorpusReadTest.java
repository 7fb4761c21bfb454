package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every file of the corpus, read to its last byte.
class CorpusReadTest {

  /// Refused for what they say, not for how they are encoded: the archive's ingest has tests for
  /// them.
  private static final Set<String> SOUNDLY_ENCODED =
      Set.of(
          "hostile/dicomdir-loop",
          "hostile/dicomdir-traversal",
          "hostile/inst-missing.dcm",
          "hostile/pix-65535x65535.dcm",
          "hostile/pix-ba-7.dcm",
          "hostile/pix-bits-stored-17.dcm",
          "hostile/pix-frames-2g.dcm",
          "hostile/pix-rows-0.dcm",
          "hostile/val-uid-1000.dcm",
          "hostile/val-uid-traversal.dcm");

  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  private static Optional<DicomException> refusal(byte[] file) throws IOException {
    try {
      PartTen part = PartTen.read(new ByteArrayInputStream(file));
      var reader = new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER);
      while (reader.next() != DataSetReader.Event.END) {
        // Structure alone.
      }
      return Optional.empty();
    } catch (DicomException e) {
      return Optional.of(e);
    }
  }

  @Test
  void soundFilesAreReadToTheEnd() throws IOException {
    List<String> refused = new ArrayList<>();
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (row.expected().equals("ok")) {
        refusal(row.bytes()).ifPresent(e -> refused.add(row.path() + ": " + e.getMessage()));
      }
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void hostileFilesAreRefused() throws IOException {
    List<String> read = new ArrayList<>();
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      boolean reject = row.expected().equals("reject") && !row.concernsRendering();
      if (reject && !SOUNDLY_ENCODED.contains(row.path()) && refusal(row.bytes()).isEmpty()) {
        read.add(row.path());
      }
    }
    assertThat(read).isEmpty();
  }

  @Test
  void filesCutShortAreSaidToBeCutShort() throws IOException {
    for (String path :
        List.of("hostile/trunc-pixel.dcm", "hostile/trunc-tag.dcm", "odd/MR_truncated.dcm")) {
      assertThat(refusal(corpus.orElseThrow().row(path).bytes()))
          .as(path)
          .hasValueSatisfying(e -> assertThat(e.isTruncated()).isTrue());
    }
  }
}
