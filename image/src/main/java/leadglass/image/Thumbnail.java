package leadglass.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.TransferSyntax;
import leadglass.image.Outcome.Reason;
import org.jspecify.annotations.Nullable;

/// Draws one frame small. Write the frame's bytes to it, in little endian and beginning with a byte
/// of their own (`leadglass.dicom.io.Frame.aligned`), then ask for the [#outcome()].
///
/// Rows are averaged as they come: a native frame is never held, an RLE frame once, compressed.
/// Confined to one thread.
public final class Thumbnail extends OutputStream {
  private static final int SIDE_MAX = 1_024;
  private static final int RLE_BYTES_MAX = 64 << 20;
  private static final byte[] NONE = new byte[0];

  private final @Nullable Rows rows;
  private @Nullable Reason refused;
  private boolean rle;
  private byte[] held = NONE;
  private int count;

  /// @param attributes the data set without its pixel data; palettes must be held in it
  /// @param syntax of the frame
  /// @param frame its number, from 1
  /// @throws IllegalArgumentException if the picture should be larger than 1,024 pixels a side
  public Thumbnail(
      DataSet attributes, TransferSyntax syntax, int frame, int widthMax, int heightMax) {
    if (widthMax < 1 || heightMax < 1 || widthMax > SIDE_MAX || heightMax > SIDE_MAX) {
      throw new IllegalArgumentException("picture of " + widthMax + " x " + heightMax);
    }
    Reason reason = Shape.refusal(attributes, syntax);
    Rows found = null;
    if (reason == null) {
      Shape shape = Shape.of(attributes, syntax);
      rle = shape.rle();
      Palette palette = Palette.of(attributes, shape.signed());
      if (shape.colour() == Shape.Colour.PALETTE && palette == null) {
        reason = Reason.PALETTE;
      } else {
        found = new Rows(attributes, shape, palette, frame, widthMax, heightMax);
      }
    }
    this.refused = reason;
    this.rows = found;
  }

  /// A whole frame at once.
  public static Outcome of(
      DataSet attributes,
      TransferSyntax syntax,
      int frame,
      InputStream bytes,
      int widthMax,
      int heightMax)
      throws IOException {
    try (Thumbnail thumbnail = new Thumbnail(attributes, syntax, frame, widthMax, heightMax)) {
      if (thumbnail.refused == null) {
        bytes.transferTo(thumbnail);
      }
      return thumbnail.outcome();
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (refused != null || rows == null) {
      return;
    }
    if (rle) {
      hold(bytes, offset, length);
    } else {
      rows.take(bytes, offset, length);
    }
  }

  private void hold(byte[] bytes, int offset, int length) {
    if (length > RLE_BYTES_MAX - count) {
      refused = Reason.SIZE;
      held = NONE;
      return;
    }
    if (count + length > held.length) {
      held = Arrays.copyOf(held, Math.max(count + length, Math.min(RLE_BYTES_MAX, 2 * count)));
    }
    System.arraycopy(bytes, offset, held, count, length);
    count += length;
  }

  @Override
  public void close() {
    // Nothing to let go of.
  }

  /// The picture, once all bytes are written.
  public Outcome outcome() {
    if (refused != null || rows == null) {
      return new Outcome.Unsupported(refused == null ? Reason.DAMAGED : refused);
    }
    try {
      if (rle) {
        rows.decode(held, count);
      }
      return new Outcome.Made(rows.picture());
    } catch (DamagedException _) {
      return new Outcome.Unsupported(Reason.DAMAGED);
    }
  }
}
