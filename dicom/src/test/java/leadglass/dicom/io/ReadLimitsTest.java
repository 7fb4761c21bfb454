package leadglass.dicom.io;

import static leadglass.dicom.io.Hex.DEFLATED;
import static leadglass.dicom.io.Hex.EXPLICIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import leadglass.dicom.data.TransferSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each limit, just kept and just crossed.
class ReadLimitsTest {
  private static final byte[] ELEMENT = Hex.bytes("1100 0100 4353 0000");

  private static ReadLimits limits(int depth, int elements, int value, long dataSet) {
    return new ReadLimits(depth, elements, value, dataSet, 1 << 20, 100);
  }

  private static void walk(InputStream in, TransferSyntax syntax, ReadLimits limits)
      throws IOException, DicomException {
    DataSetReader reader = new DataSetReader(in, syntax, limits);
    while (reader.next() != DataSetReader.Event.END) {
      // Structure alone.
    }
  }

  /// `count` times the same bytes, without ever holding them.
  private static InputStream repeated(byte[] bytes, int count) {
    List<InputStream> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new ByteArrayInputStream(bytes));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static byte[] nested(int depth) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] open = Hex.bytes("0800 4011 5351 0000 FFFFFFFF FEFF 00E0 FFFFFFFF");
    byte[] close = Hex.bytes("FEFF 0DE0 00000000 FEFF DDE0 00000000");
    for (int i = 0; i < depth; i++) {
      out.writeBytes(open);
    }
    for (int i = 0; i < depth; i++) {
      out.writeBytes(close);
    }
    return out.toByteArray();
  }

  @Test
  void sequencesNestAsDeepAsTheLimit() throws IOException, DicomException {
    walk(new ByteArrayInputStream(nested(128)), EXPLICIT, ReadLimits.PEER);

    assertThatThrownBy(() -> walk(new ByteArrayInputStream(nested(129)), EXPLICIT, ReadLimits.PEER))
        .hasMessageContaining("nested too deep");
  }

  @Test
  void depthCostsNoStack() throws IOException, DicomException {
    walk(new ByteArrayInputStream(nested(10_000)), EXPLICIT, limits(10_000, 100_000, 10, 1 << 20));
    var dataSet =
        DataSets.read(
            new DataSetReader(
                new ByteArrayInputStream(nested(10_000)),
                EXPLICIT,
                limits(10_000, 100_000, 10, 1 << 20)),
            10);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DataSetWriter(out, EXPLICIT).write(dataSet);

    assertThat(out.toByteArray()).isEqualTo(nested(10_000));
    assertThatThrownBy(
            () -> walk(new ByteArrayInputStream(nested(10_000)), EXPLICIT, ReadLimits.PEER))
        .hasMessageContaining("nested too deep");
  }

  @Test
  void elementsAreCounted() throws IOException, DicomException {
    walk(repeated(ELEMENT, 1_000), EXPLICIT, limits(1, 1_000, 10, 1 << 20));

    assertThatThrownBy(
            () -> walk(repeated(ELEMENT, 1_001), EXPLICIT, limits(1, 1_000, 10, 1 << 20)))
        .hasMessageContaining("more elements");
  }

  @Test
  void itemsAndFragmentsAreCounted() {
    byte[] sequence = Hex.bytes("0800 4011 5351 0000 FFFFFFFF");
    byte[] pixels = Hex.bytes("E07F 1000 4F42 0000 FFFFFFFF");
    InputStream items =
        new SequenceInputStream(
            new ByteArrayInputStream(sequence), repeated(Hex.bytes("FEFF 00E0 00000000"), 2_000));
    InputStream fragments =
        new SequenceInputStream(
            new ByteArrayInputStream(pixels), repeated(Hex.bytes("FEFF 00E0 00000000"), 2_000));

    assertThatThrownBy(() -> walk(items, EXPLICIT, limits(1, 1_000, 10, 1 << 20)))
        .hasMessageContaining("more items");
    assertThatThrownBy(() -> walk(fragments, EXPLICIT, limits(1, 1_000, 10, 1 << 20)))
        .hasMessageContaining("more fragments");
  }

  @Test
  void largeValuesAreStreamedAndNotHeld() throws IOException, DicomException {
    byte[] value = Hex.bytes("E07F 1000 4F57 0000 10000000 000102030405060708090A0B0C0D0E0F");
    ReadLimits small = limits(1, 10, 8, 1 << 20);
    DataSetReader held = new DataSetReader(new ByteArrayInputStream(value), EXPLICIT, small);
    held.next();
    DataSetReader streamed = new DataSetReader(new ByteArrayInputStream(value), EXPLICIT, small);
    streamed.next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    streamed.transferTo(out);

    assertThat(out.size()).isEqualTo(16);
    assertThatThrownBy(held::value)
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("larger than can be held");
  }

  @Test
  void aLyingLengthTakesNoMemory() {
    byte[] lie = Hex.bytes("0800 6000 5554 0000 FEFFFF7F 4142");
    DataSetReader reader =
        new DataSetReader(
            new ByteArrayInputStream(lie), EXPLICIT, limits(1, 10, Integer.MAX_VALUE, 1L << 40));

    assertThatThrownBy(
            () -> {
              reader.next();
              reader.value();
            })
        .isInstanceOfSatisfying(DicomException.class, e -> assertThat(e.isTruncated()).isTrue());
  }

  @Test
  void aDataSetHasNoMoreBytesThanAllowed() throws IOException, DicomException {
    walk(repeated(ELEMENT, 100), EXPLICIT, limits(1, 1_000, 10, 800));

    assertThatThrownBy(() -> walk(repeated(ELEMENT, 101), EXPLICIT, limits(1, 1_000, 10, 800)))
        .hasMessageContaining("more bytes");
  }

  private static byte[] deflated(int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      deflater.write(Hex.bytes("E07F 1000 4F57 0000"));
      deflater.write(new byte[] {(byte) zeros, (byte) (zeros >> 8), (byte) (zeros >> 16), 0});
      deflater.write(new byte[zeros]);
    }
    return out.toByteArray();
  }

  @Test
  void deflatedDataSetsInflateOnlySoFar() throws IOException, DicomException {
    byte[] bomb = deflated(8 << 20);
    assertThat(bomb.length).isLessThan(20_000);
    walk(new ByteArrayInputStream(deflated(1 << 19)), DEFLATED, limits(1, 10, 10, 1L << 30));

    assertThatThrownBy(
            () -> walk(new ByteArrayInputStream(bomb), DEFLATED, limits(1, 10, 10, 1L << 30)))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("inflates to more");
  }

  @Test
  void deflateStreamsThatAreNoneAreRefused() throws IOException {
    byte[] sound = deflated(100);
    byte[] cut = java.util.Arrays.copyOf(sound, sound.length / 2);

    assertThatThrownBy(() -> walk(new ByteArrayInputStream(ELEMENT), DEFLATED, ReadLimits.PEER))
        .isInstanceOf(DicomException.class);
    assertThatThrownBy(() -> walk(new ByteArrayInputStream(cut), DEFLATED, ReadLimits.PEER))
        .isInstanceOfSatisfying(DicomException.class, e -> assertThat(e.isTruncated()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void thereIsNoUnlimited(int which) {
    long[] l = {1, 1, 1, 1, 1, 1};
    l[which] = 0;

    assertThatThrownBy(
            () -> new ReadLimits((int) l[0], (int) l[1], (int) l[2], l[3], l[4], (int) l[5]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
