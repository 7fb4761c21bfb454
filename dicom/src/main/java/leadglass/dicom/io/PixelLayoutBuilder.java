package leadglass.dicom.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader.Event;
import org.jspecify.annotations.Nullable;

/// Makes a [PixelLayout] while a data set is read: `reader.observedBy(builder)`. Confined to the
/// reader's thread.
///
/// How frames of encapsulated pixel data are told apart (PS3.5 §A.4): one frame has all fragments;
/// of several the Basic or the Extended Offset Table tells, if every entry is the start of a
/// fragment, in order, and there are as many as frames; else, if there are as many fragments as
/// frames, each has one; else, if as many fragments as frames, the first among them, begin as a
/// JPEG, JPEG-LS or JPEG 2000 picture does, each of those begins a frame. Otherwise, and with video
/// (PS3.5 §8.2.5 ff.), they can't be told apart.
public final class PixelLayoutBuilder implements DataSetReader.Observer {
  private static final int PHOTOMETRIC_BYTES_MAX = 64;
  private static final int NUMBER_BYTES_MAX = 64;
  private static final int TABLE_BYTES_MAX = 8 << 20;
  private static final String VIDEO = "1.2.840.10008.1.2.4.10";

  private static final byte[][] PICTURE_STARTS = {
    {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
    {(byte) 0xFF, (byte) 0x4F, (byte) 0xFF, (byte) 0x51},
    {0, 0, 0, 12, 'j', 'P', ' ', ' '}
  };

  private final TransferSyntax syntax;
  private int rows;
  private int columns;
  private int samples = 1;
  private int bitsAllocated;
  private int frames = 1;
  private String photometric = "";
  private byte[] extendedTable = new byte[0];
  private byte[] basicTable = new byte[0];
  private int tag;
  private Vr vr = Vr.OW;
  private long offset;
  private long length;
  private boolean tableSeen;
  private boolean tooMany;
  private int[] fragments = new int[0];
  private int count;
  private final BitSet pictureStarts = new BitSet();

  /// @param syntax how the observed data set is encoded
  public PixelLayoutBuilder(TransferSyntax syntax) {
    this.syntax = syntax;
  }

  @Override
  public void saw(Event event, DataSetReader reader) throws IOException, DicomException {
    if (reader.depth() > 0) {
      return;
    }
    switch (event) {
      case ELEMENT -> element(reader);
      case FRAGMENTS -> pixelData(reader);
      case FRAGMENT -> fragment(reader);
      case SEQUENCE, ITEM, ITEM_END, SEQUENCE_END, FRAGMENTS_END, END -> {
        // Pixel data of items is that of icons.
      }
    }
  }

  private void element(DataSetReader reader) throws IOException, DicomException {
    switch (reader.tag()) {
      case Tag.ROWS -> rows = number(reader);
      case Tag.COLUMNS -> columns = number(reader);
      case Tag.SAMPLES_PER_PIXEL -> samples = number(reader);
      case Tag.BITS_ALLOCATED -> bitsAllocated = number(reader);
      case Tag.NUMBER_OF_FRAMES -> frames = Math.max(1, number(reader));
      case Tag.PHOTOMETRIC_INTERPRETATION -> photometric = text(reader, PHOTOMETRIC_BYTES_MAX);
      case Tag.EXTENDED_OFFSET_TABLE -> extendedTable = table(reader);
      case Tag.PIXEL_DATA, Tag.FLOAT_PIXEL_DATA, Tag.DOUBLE_FLOAT_PIXEL_DATA -> pixelData(reader);
      default -> {
        // Says nothing of pixels.
      }
    }
  }

  private static int number(DataSetReader reader) throws IOException, DicomException {
    if (reader.length() > NUMBER_BYTES_MAX) {
      return 0;
    }
    byte[] value = reader.value();
    ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    if (!reader.vr().isText()) {
      long number = value.length >= 4 ? bytes.getInt() : value.length >= 2 ? bytes.getChar() : 0;
      return (int) Math.max(0, number);
    }
    String text = text(reader, NUMBER_BYTES_MAX);
    int end = text.indexOf('\\');
    try {
      return Math.max(0, Integer.parseInt((end < 0 ? text : text.substring(0, end)).strip()));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static String text(DataSetReader reader, int bytesMax)
      throws IOException, DicomException {
    return reader.length() > bytesMax
        ? ""
        : new String(reader.value(), StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
  }

  private static byte[] table(DataSetReader reader) throws IOException, DicomException {
    boolean held = reader.length() <= Math.min(TABLE_BYTES_MAX, reader.heldBytesMax());
    return held ? reader.value() : new byte[0];
  }

  private void pixelData(DataSetReader reader) {
    if (tag == 0) {
      tag = reader.tag();
      vr = reader.vr();
      offset = reader.valueOffset();
      length = reader.length();
    }
  }

  private void fragment(DataSetReader reader) throws IOException, DicomException {
    if (!tableSeen) {
      tableSeen = true;
      basicTable = table(reader);
      offset = reader.valueOffset() + reader.length() + 8;
      return;
    }
    if (count == PixelLayout.FRAGMENTS_MAX) {
      tooMany = true;
      return;
    }
    if (count == fragments.length) {
      fragments = Arrays.copyOf(fragments, Math.max(4, 2 * count));
    }
    for (byte[] start : PICTURE_STARTS) {
      if (reader.valueStartsWith(start)) {
        pictureStarts.set(count);
      }
    }
    fragments[count++] = (int) reader.length();
  }

  /// What has been seen so far.
  public PixelLayout build() {
    int[] seen = tooMany ? new int[0] : Arrays.copyOf(fragments, count);
    boolean encapsulated = tag != 0 && length < 0;
    int unit = syntax.bigEndian() && !encapsulated ? vr.unitBytes() : 1;
    return new PixelLayout(
        new PixelLayout.Parts(
            new PixelLayout.Shape(rows, columns, samples, bitsAllocated, frames),
            tag,
            syntax.deflated(),
            tooMany,
            offset,
            length,
            unit,
            encapsulated || tag == 0 ? 0 : frameBits(unit),
            seen,
            encapsulated && !tooMany ? perFrame(seen) : null));
  }

  /// 0 if the frames don't fit into the value.
  private long frameBits(int unit) {
    long bits = (long) samples * bitsAllocated;
    long pixels = (long) rows * columns;
    if (bits <= 0 || pixels <= 0 || pixels > Long.MAX_VALUE / bits / 8) {
      return 0;
    }
    long full = pixels * bits;
    long fit = fits(full) ? full : photometric.endsWith("_422") && samples == 3 ? full / 3 * 2 : 0;
    // Where bytes are swapped by twos a frame of odd length shares a pair with the next.
    boolean shares = frames > 1 && fit % (8L * unit) != 0 && unit > 1;
    return fit > 0 && fits(fit) && !shares ? fit : 0;
  }

  private boolean fits(long bits) {
    return frames <= 8 * length / bits;
  }

  private int @Nullable [] perFrame(int[] seen) {
    if (seen.length == 0 || (frames > 1 && isVideo())) {
      return null;
    }
    if (frames == 1) {
      return new int[] {seen.length};
    }
    if (frames > seen.length) {
      return null;
    }
    int[] told = byTable(seen, basicTable, 4);
    if (told == null) {
      told = byTable(seen, extendedTable, 8);
    }
    if (told == null && seen.length == frames) {
      told = new int[frames];
      Arrays.fill(told, 1);
    }
    return told == null ? byPictureStarts(seen.length) : told;
  }

  private int @Nullable [] byPictureStarts(int fragments) {
    if (!pictureStarts.get(0) || pictureStarts.cardinality() != frames) {
      return null;
    }
    int[] told = new int[frames];
    int from = 0;
    for (int frame = 0; frame < frames; frame++) {
      int next = pictureStarts.nextSetBit(from + 1);
      int to = next < 0 ? fragments : next;
      told[frame] = to - from;
      from = to;
    }
    return told;
  }

  private boolean isVideo() {
    return syntax.uid().value().startsWith(VIDEO);
  }

  /// @return null unless every entry is the start of a fragment
  private int @Nullable [] byTable(int[] seen, byte[] table, int entryBytes) {
    if (table.length != (long) frames * entryBytes) {
      return null;
    }
    ByteBuffer entries = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    int[] told = new int[frames];
    int frame = -1;
    long at = 0;
    for (int fragment : seen) {
      int next = frame + 1;
      if (next < frames && at == entry(entries, next, entryBytes)) {
        frame = next;
      }
      if (frame < 0) {
        return null;
      }
      told[frame]++;
      at += Integer.toUnsignedLong(fragment) + 8;
    }
    return frame == frames - 1 ? told : null;
  }

  private static long entry(ByteBuffer entries, int index, int bytes) {
    return bytes == 4
        ? Integer.toUnsignedLong(entries.getInt(4 * index))
        : entries.getLong(8 * index);
  }
}
