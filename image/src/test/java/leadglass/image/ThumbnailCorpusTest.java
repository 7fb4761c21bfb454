package leadglass.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.Frame;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.PixelLayout;
import leadglass.dicom.io.PixelLayoutBuilder;
import leadglass.dicom.io.ReadLimits;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The first and the last frame of every file of the corpus, drawn small or told why not.
class ThumbnailCorpusTest {
  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  /// An object with its bytes; those of a deflated one are not those of the layout.
  private record Read(DataSet dataSet, TransferSyntax syntax, PixelLayout layout, byte[] bytes) {

    static Read of(byte[] file) throws IOException, DicomException {
      PartTen part = PartTen.read(new ByteArrayInputStream(file));
      byte[] bytes = part.dataSet().readAllBytes();
      PixelLayoutBuilder builder = new PixelLayoutBuilder(part.syntax());
      DataSet dataSet =
          DataSets.read(
              new DataSetReader(new ByteArrayInputStream(bytes), part.syntax(), ReadLimits.PEER)
                  .observedBy(builder),
              1 << 17);
      return new Read(dataSet, part.syntax(), builder.build(), bytes);
    }

    Outcome draw(int number) throws IOException {
      Frame frame = layout.frame(number);
      try (Thumbnail thumbnail = new Thumbnail(dataSet, syntax, number, 160, 160)) {
        try (var aligned = frame.aligned(thumbnail)) {
          for (Frame.Extent extent : frame.extents()) {
            aligned.write(bytes, (int) extent.offset(), (int) extent.length());
          }
        }
        return thumbnail.outcome();
      }
    }
  }

  /// A segmented palette, and floating point pixels.
  private static final Set<String> UNSUPPORTED =
      Set.of("valid/image-us/gdcm-US-ALOKA-16.dcm", "valid/seg-pm/parametric_map_float.dcm");

  private void draw(Corpus.Row row, Map<String, Outcome.Reason> refused) throws IOException {
    Read read;
    try {
      read = Read.of(row.bytes());
    } catch (DicomException _) {
      return;
    }
    boolean addressed = read.layout().addressing() == PixelLayout.Addressing.FRAMES;
    if (!addressed || read.layout().isDeflated()) {
      return;
    }
    for (int number : new int[] {1, read.layout().frames()}) {
      switch (read.draw(number)) {
        case Outcome.Made(Picture picture) -> {
          assertThat(ImageIO.read(new ByteArrayInputStream(Jpeg.encode(picture, 80))))
              .as(row.path())
              .isNotNull();
        }
        case Outcome.Unsupported(Outcome.Reason reason) -> refused.put(row.path(), reason);
      }
    }
  }

  @Test
  void everyFrameThatNeedsNoDecoderIsDrawn() throws IOException {
    Map<String, Outcome.Reason> refused = new TreeMap<>();
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (row.expected().equals("ok")) {
        draw(row, refused);
      }
    }
    refused.values().removeIf(reason -> reason == Outcome.Reason.TRANSFER_SYNTAX);

    assertThat(refused).containsOnlyKeys(UNSUPPORTED);
  }

  @Test
  void framesThatLieAreRefused() throws IOException {
    Map<String, Outcome.Reason> refused = new TreeMap<>();
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (!row.expected().equals("ok")) {
        draw(row, refused);
      }
    }

    assertThat(refused)
        .containsEntry("hostile/pix-ba-7.dcm", Outcome.Reason.BITS)
        .containsEntry("hostile/pix-bits-stored-17.dcm", Outcome.Reason.BITS)
        .containsEntry("hostile/pix-pal-lut-short.dcm", Outcome.Reason.PALETTE)
        .containsEntry("hostile/rle-255-segments.dcm", Outcome.Reason.DAMAGED)
        .containsEntry("hostile/rle-offset-beyond.dcm", Outcome.Reason.DAMAGED);
  }

  @Test
  void theSamePictureInAnotherSyntaxIsDrawnTheSame() throws IOException, DicomException {
    for (String[] pair :
        new String[][] {
          {"valid/wg04/CT1_UNC.dcm", "valid/wg04/CT1_RLE.dcm"},
          {"valid/wg04/CT1_UNC.dcm", "valid/ts-explicit-be/CT1_UNC.explicit_big_endian.dcm"},
          {"valid/wg04/MR1_UNC.dcm", "valid/wg04/MR1_RLE.dcm"},
          {"valid/wg04/NM1_UNC.dcm", "valid/wg04/NM1_RLE.dcm"},
          {"valid/wg04/VL1_UNC.dcm", "valid/wg04/VL1_RLE.dcm"},
          {"valid/seg-pm/liver.dcm", "valid/seg-pm/liver_rle.dcm"}
        }) {
      Outcome one = Read.of(corpus.orElseThrow().row(pair[0]).bytes()).draw(1);
      Outcome two = Read.of(corpus.orElseThrow().row(pair[1]).bytes()).draw(1);

      assertThat(samples(two)).as(pair[1]).isEqualTo(samples(one));
    }
  }

  private static byte[] samples(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Made(Picture picture) -> picture.samples();
      case Outcome.Unsupported(Outcome.Reason reason) -> throw new AssertionError(reason);
    };
  }
}
