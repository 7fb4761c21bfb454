package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where the frames of real files lie.
class PixelLayoutCorpusTest {
  /// No rows; a third of the bytes that its rows and columns need; video streams.
  private static final Set<String> WHOLE =
      Set.of(
          "odd/nested_priv_SQ.dcm",
          "valid/image-ot/tcia_TCGA-G4-6304_1009.dcm",
          "valid/made/video-h264-hp41.dcm",
          "valid/made/video-hevc-mp51.dcm",
          "valid/made/video-mpeg2-mpml.dcm");

  private static final String DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1";

  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  @Test
  void framesTogetherAreThePixelData() throws IOException, DicomException {
    Map<String, PixelLayout.Addressing> odd = new TreeMap<>();
    int frames = 0;
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (!row.expected().equals("ok")) {
        continue;
      }
      PartTen part = PartTen.read(new ByteArrayInputStream(row.bytes()));
      byte[] bytes = part.dataSet().readAllBytes();
      PixelLayoutBuilder builder = new PixelLayoutBuilder(part.syntax());
      DataSetReader reader =
          new DataSetReader(new ByteArrayInputStream(bytes), part.syntax(), ReadLimits.PEER)
              .observedBy(builder);
      while (reader.next() != DataSetReader.Event.END) {
        // The builder sees it all.
      }
      PixelLayout layout = builder.build();
      byte[] encoded = layout.encode();
      PixelLayout again = PixelLayout.decode(encoded);
      assertThat(again.encode()).isEqualTo(encoded);
      assertThat(encoded.length)
          .as(row.path())
          .isLessThan(40 + 4 * layout.whole().extents().size());
      if (layout.addressing() == PixelLayout.Addressing.WHOLE) {
        odd.put(row.path(), layout.addressing());
      }
      if (layout.addressing() != PixelLayout.Addressing.FRAMES || layout.isDeflated()) {
        continue;
      }
      for (int number = 1; number <= again.frames(); number++) {
        frames++;
        Frame frame = again.frame(number);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var aligned = frame.aligned(out)) {
          for (Frame.Extent extent : frame.extents()) {
            aligned.write(bytes, (int) extent.offset(), (int) extent.length());
          }
        }
        assertThat((long) out.size()).isEqualTo(frame.bytes());
        if (layout.isEncapsulated() && !part.syntax().uid().value().equals(DEFLATED_FRAMES)) {
          assertThat(startsLikeACodestream(out.toByteArray()))
              .as(row.path() + " " + number)
              .isTrue();
        }
      }
    }
    assertThat(frames).isGreaterThan(1000);
    assertThat(odd.keySet()).isEqualTo(WHOLE);
  }

  /// JPEG, JPEG-LS: FFD8; JPEG 2000: FF4F; JP2, JPEG XL: boxes or FF0A; RLE: a count of segments.
  private static boolean startsLikeACodestream(byte[] frame) {
    int first = frame[0] & 0xFF;
    int second = frame[1] & 0xFF;
    return (first == 0xFF && (second == 0xD8 || second == 0x4F || second == 0x0A)) || first < 16;
  }
}
