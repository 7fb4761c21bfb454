package leadglass.survey.dicom;

import java.io.IOException;
import java.util.OptionalLong;
import leadglass.survey.wire.WireFault;

/// Reads a data set in implicit VR little endian (PS3.5 Annex A.1) byte by byte and keeps what its
/// shape tells: tags and lengths. Values are passed over unread, but for one number that names
/// nobody: Number of Study Related Instances (0020,1208). One thread's; one data set at a time.
final class RowReader {
  private static final int INSTANCES = 0x00201208;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int NUMBER_CHARS_MAX = 12;
  private static final int HEADER_BYTES = 8;
  private static final int ELEMENTS_MAX = 4096;

  private long header;
  private int headerBytes;
  private long left;
  private boolean number;
  private long digits;
  private boolean digitsSeen;
  private int depth;
  private int elements;

  /// Before the next data set.
  void start() {
    header = 0;
    headerBytes = 0;
    left = 0;
    number = false;
    digits = 0;
    digitsSeen = false;
    depth = 0;
    elements = 0;
  }

  /// @throws WireFault if it has more elements than any answer to our questions
  void take(int octet) throws IOException {
    if (left > 0) {
      left--;
      if (number && octet >= '0' && octet <= '9') {
        digits = digits * 10 + (octet - '0');
        digitsSeen = true;
      }
      return;
    }
    header |= (long) octet << (8 * headerBytes);
    headerBytes++;
    if (headerBytes == HEADER_BYTES) {
      element();
      header = 0;
      headerBytes = 0;
    }
  }

  /// How many of the coming bytes mean nothing and may be passed over at once.
  long unread() {
    return number ? 0 : left;
  }

  void passedOver(long bytes) {
    left -= bytes;
  }

  private void element() throws IOException {
    int group = (int) (header & 0xFFFF);
    int tag = (group << 16) | (int) ((header >>> 16) & 0xFFFF);
    long length = header >>> 32;
    elements++;
    if (elements > ELEMENTS_MAX) {
      throw new WireFault(WireFault.Kind.TOO_MUCH);
    }
    number = tag == INSTANCES && depth == 0 && length <= NUMBER_CHARS_MAX && !digitsSeen;
    if (tag == SEQUENCE_END) {
      depth = Math.max(0, depth - 1);
    } else if (tag == ITEM_END || (tag == ITEM && length == UNDEFINED)) {
      return;
    } else if (length == UNDEFINED) {
      depth++;
    } else {
      left = length;
    }
  }

  int elements() {
    return elements;
  }

  /// Images of the study that this row is about.
  OptionalLong instances() {
    // An IS has no more (PS3.5 §6.2), whatever a liar sends; sums of them stay sums.
    return digitsSeen && digits <= Integer.MAX_VALUE
        ? OptionalLong.of(digits)
        : OptionalLong.empty();
  }
}
