package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.testkit.Corpus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Frames fetched by their layout, one by one, beside what other programs decode.
class NativePixelsCorpusTest {
  private static final int PLANAR_CONFIGURATION = 0x00280006;

  private final Optional<Corpus> corpus = Corpus.find();

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(corpus.isPresent(), Corpus.ABSENT);
  }

  @Test
  void nativeFramesAreThoseThatOthersDecode() throws Exception {
    List<String> differing = new ArrayList<>();
    int compared = 0;
    for (Corpus.Row row : corpus.orElseThrow().rows()) {
      if (!row.expected().equals("ok") || !row.column("pix_kind").equals("exact")) {
        continue;
      }
      PartTen part = PartTen.read(new ByteArrayInputStream(row.bytes()));
      byte[] bytes = part.dataSet().readAllBytes();
      PixelLayoutBuilder builder = new PixelLayoutBuilder(part.syntax());
      DataSet dataSet =
          DataSets.read(Hex.reader(bytes, part.syntax()).observedBy(builder), 1 << 10);
      PixelLayout layout = builder.build();
      boolean isNative = !layout.isEncapsulated() && !layout.isDeflated();
      if (isNative && layout.addressing() == PixelLayout.Addressing.FRAMES) {
        compared++;
        boolean planar =
            dataSet.integer(PLANAR_CONFIGURATION).orElse(0) == 1 && layout.shape().samples() == 3;
        if (!digest(layout, bytes, planar).equals(row.column("pix_sha256"))) {
          differing.add(row.path());
        }
      }
    }
    assertThat(differing).isEmpty();
    assertThat(compared).isGreaterThan(400);
  }

  private static String digest(PixelLayout layout, byte[] dataSet, boolean planar)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] packed = new byte[(int) layout.whole().bytes()];
    int bit = 0;
    for (int number = 1; number <= layout.frames(); number++) {
      byte[] frame = frame(layout.frame(number), dataSet);
      if (layout.shape().bitsAllocated() == 1) {
        for (int i = 0; i < layout.frame(number).bits(); i++, bit++) {
          packed[bit / 8] |= (byte) ((frame[i / 8] >> i % 8 & 1) << bit % 8);
        }
      } else {
        digest.update(planar ? byPixel(frame, layout.shape().bitsAllocated() / 8) : frame);
      }
    }
    digest.update(packed, 0, (bit + 7) / 8);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] frame(Frame frame, byte[] dataSet) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var aligned = frame.aligned(out)) {
      for (Frame.Extent extent : frame.extents()) {
        int from = (int) extent.offset();
        aligned.write(Arrays.copyOfRange(dataSet, from, from + (int) extent.length()));
      }
    }
    return out.toByteArray();
  }

  private static byte[] byPixel(byte[] planes, int unit) {
    byte[] pixels = new byte[planes.length];
    int count = planes.length / 3 / unit;
    for (int i = 0; i < planes.length; i++) {
      int sample = i / unit;
      int pixel = sample % count;
      pixels[(3 * pixel + sample / count) * unit + i % unit] = planes[i];
    }
    return pixels;
  }
}
