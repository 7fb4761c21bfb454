package leadglass.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.json.BulkLinks;
import leadglass.dicom.json.JsonWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Structures that are almost right, from fixed seeds: whatever reads them ends, takes little
/// memory and throws nothing but what it says.
class ReaderFuzzTest {
  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static final ReadLimits LIMITS =
      new ReadLimits(32, 10_000, 1 << 16, 1 << 20, 1 << 20, 100);
  private static final List<TransferSyntax> SYNTAXES =
      List.of(Hex.IMPLICIT, Hex.EXPLICIT, Hex.BIG, Hex.DEFLATED);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Timeout(60)
  void nothingButDicomExceptions(long seed) {
    Random random = new Random(seed);
    long end = System.nanoTime() + AT_MOST.toNanos();
    int read = 0;
    int refused = 0;
    while (System.nanoTime() < end) {
      byte[] bytes = new Structure(random).bytes();
      TransferSyntax syntax = SYNTAXES.get(random.nextInt(SYNTAXES.size()));
      try {
        everything(bytes, syntax);
        read++;
      } catch (DicomException | IOException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "seed " + seed + ", " + syntax.name() + ": " + HexFormat.of().formatHex(bytes), e);
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  private static DataSetReader reader(byte[] bytes, TransferSyntax syntax) {
    return new DataSetReader(new ByteArrayInputStream(bytes), syntax, LIMITS);
  }

  private static void everything(byte[] bytes, TransferSyntax syntax)
      throws IOException, DicomException {
    PixelLayoutBuilder builder = new PixelLayoutBuilder(syntax);
    ByteArrayOutputStream transcoded = new ByteArrayOutputStream();
    Transcoder.toExplicitLittleEndian(reader(bytes, syntax).observedBy(builder), transcoded);
    PixelLayout layout = PixelLayout.decode(builder.build().encode());
    if (layout.addressing() == PixelLayout.Addressing.FRAMES) {
      long size = syntax.deflated() ? 1 << 20 : bytes.length;
      for (Frame.Extent extent : layout.frame(layout.frames()).extents()) {
        assertThat(extent.offset() + extent.length()).isLessThanOrEqualTo(size);
      }
    }
    DataSets.read(reader(transcoded.toByteArray(), Hex.EXPLICIT), 1 << 16);
    JsonWriter json = new JsonWriter(OutputStream.nullOutputStream(), 1_000, BulkLinks.NONE);
    json.write(reader(bytes, syntax));
    json.drain();
    PartTen part = PartTen.read(new ByteArrayInputStream(bytes));
    DataSets.read(new DataSetReader(part.dataSet(), part.syntax(), LIMITS), 1_000);
  }

  /// Elements, sequences and fragments with lengths and markers that lie now and then.
  private static final class Structure {
    private static final String[] VRS = {
      "SQ", "OB", "OW", "UN", "LO", "PN", "US", "FD", "AT", "DS", "UT", "CS", "ZZ", "IS"
    };
    private static final int[] TAGS = {
      0x00080005, 0x00080060, 0x00100010, 0x00280008, 0x00280010, 0x00280011, 0x00280100,
      0x00280103, 0x00280106, 0x00091001, 0x00090010, 0x00081140, 0x7FE00001, 0x7FE00010
    };

    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean explicit;
    private final boolean bigEndian;

    Structure(Random random) {
      this.random = random;
      this.explicit = random.nextBoolean();
      this.bigEndian = explicit && random.nextInt(4) == 0;
    }

    byte[] bytes() {
      if (random.nextInt(8) == 0) {
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
      elements(4);
      byte[] made = out.toByteArray();
      for (int i = random.nextInt(4); i > 1 && made.length > 0; i--) {
        made[random.nextInt(made.length)] = (byte) random.nextInt(256);
      }
      return random.nextInt(6) == 0
          ? java.util.Arrays.copyOf(made, random.nextInt(made.length + 1))
          : made;
    }

    private void elements(int depth) {
      for (int i = random.nextInt(6); i > 0; i--) {
        element(depth);
      }
    }

    private void element(int depth) {
      int tag = TAGS[random.nextInt(TAGS.length)];
      String vr = VRS[random.nextInt(VRS.length)];
      boolean sequence = depth > 0 && random.nextInt(4) == 0;
      boolean fragments = !sequence && random.nextInt(8) == 0;
      header(
          sequence ? 0x00081140 : fragments ? 0x7FE00010 : tag,
          sequence ? "SQ" : fragments ? "OB" : vr);
      if (sequence || fragments) {
        u32(-1);
        for (int i = random.nextInt(4); i > 0; i--) {
          item(fragments ? 0 : depth);
        }
        marker(lie(0xFFFEE0DD, 0xFFFEE00D), 0);
      } else {
        value(vr);
      }
    }

    private void item(int depth) {
      marker(0xFFFEE000, depth == 0 ? lie(4, 0x7FFFFFFF) : lie(-1, random.nextInt(64)));
      if (depth == 0) {
        u32(random.nextInt());
      } else {
        elements(depth - 1);
        marker(lie(0xFFFEE00D, 0xFFFEE000), 0);
      }
    }

    private void value(String vr) {
      int length = 2 * random.nextInt(9);
      boolean longLength = !explicit || List.of("SQ", "OB", "OW", "UN", "UT").contains(vr);
      int told = lie(length, random.nextInt(3) == 0 ? -1 : random.nextInt());
      if (longLength) {
        u32(told);
      } else {
        u16(told);
      }
      byte[] value = new byte[length];
      random.nextBytes(value);
      out.writeBytes(value);
    }

    private int lie(int truth, int lie) {
      return random.nextInt(24) == 0 ? lie : truth;
    }

    private void header(int tag, String vr) {
      u16(tag >>> 16);
      u16(tag);
      if (explicit) {
        out.writeBytes(vr.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        if (List.of("SQ", "OB", "OW", "UN", "UT").contains(vr)) {
          u16(lie(0, 1));
        }
      }
    }

    private void marker(int tag, int length) {
      u16(tag >>> 16);
      u16(tag);
      u32(length);
    }

    private void u16(int value) {
      out.write(bigEndian ? value >>> 8 : value);
      out.write(bigEndian ? value : value >>> 8);
    }

    private void u32(int value) {
      u16(bigEndian ? value >>> 16 : value);
      u16(bigEndian ? value : value >>> 16);
    }
  }
}
