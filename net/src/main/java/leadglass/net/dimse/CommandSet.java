package leadglass.net.dimse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import leadglass.dicom.data.Uid;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduException.Reason;

/// A command set (PS3.7 §6.3): elements of group 0000 alone, in implicit VR little endian.
/// Immutable to the outside. `toString` tells no value.
public final class CommandSet {
  /// Command Data Set Type when no data set follows (PS3.7 §E.1); any other value means one does.
  public static final int NO_DATA_SET = 0x0101;

  private static final int TEXT_BYTES_MAX = 1024;
  private static final int ELEMENTS_MAX = 64;
  private static final int ELEMENT_HEADER_BYTES = 8;

  private final Map<Integer, byte[]> elements;

  private CommandSet(Map<Integer, byte[]> elements) {
    this.elements = elements;
  }

  /// Reads a whole command set.
  ///
  /// @throws PduException if it is not one; the association can't go on then
  public static CommandSet decode(byte[] bytes, int length) throws PduException {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, byte[]> elements = new TreeMap<>();
    int last = -1;
    while (in.hasRemaining()) {
      check(in.remaining() >= ELEMENT_HEADER_BYTES, "command element cut short");
      check(in.getShort() == 0, "command element outside group 0000");
      int tag = Short.toUnsignedInt(in.getShort());
      int valueLength = in.getInt(); // a set top bit reads as negative
      check(tag > last, "command elements out of order");
      check(valueLength >= 0 && valueLength <= in.remaining(), "command element length");
      check(elements.size() < ELEMENTS_MAX, "too many command elements");
      byte[] value = new byte[valueLength];
      in.get(value);
      if (tag != CommandTag.GROUP_LENGTH) { // which is made anew when it is encoded
        elements.put(tag, value);
      }
      last = tag;
    }
    return new CommandSet(elements);
  }

  private static void check(boolean holds, String rule) throws PduException {
    if (!holds) {
      throw new PduException(Reason.INVALID_PARAMETER_VALUE, rule);
    }
  }

  /// An element of VR US; empty if it is absent or of another length.
  public OptionalInt us(int tag) {
    byte[] value = elements.get(tag);
    return value == null || value.length != 2
        ? OptionalInt.empty()
        : OptionalInt.of((value[0] & 0xFF) | (value[1] & 0xFF) << 8);
  }

  /// An element of VR AE, LO or LT, without the spaces around it; empty if it is absent, longer
  /// than any of them, or not printable ASCII.
  public Optional<String> text(int tag) {
    byte[] value = elements.get(tag);
    if (value == null || value.length > TEXT_BYTES_MAX) {
      return Optional.empty();
    }
    String text = new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    return text.chars().allMatch(c -> c >= ' ' && c <= '~') ? Optional.of(text) : Optional.empty();
  }

  /// The values of an element of VR AT, as tags; empty if it is absent or of another length.
  public List<Integer> tags(int tag) {
    byte[] value = elements.get(tag);
    if (value == null || value.length % 4 != 0) {
      return List.of();
    }
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> tags = new ArrayList<>();
    while (in.hasRemaining()) {
      tags.add(Short.toUnsignedInt(in.getShort()) << 16 | Short.toUnsignedInt(in.getShort()));
    }
    return List.copyOf(tags);
  }

  /// Whether the element is there at all.
  public boolean contains(int tag) {
    return elements.containsKey(tag);
  }

  /// An element of VR UI; empty if it is absent or no UID.
  public Optional<Uid> uid(int tag) {
    byte[] value = elements.get(tag);
    if (value == null || value.length > Uid.CHARS_MAX + 1) {
      return Optional.empty();
    }
    int end = value.length;
    while (end > 0 && (value[end - 1] == 0 || value[end - 1] == ' ')) {
      end--;
    }
    return Uid.parse(new String(value, 0, end, StandardCharsets.ISO_8859_1));
  }

  /// Whether a data set follows (PS3.7 §E.1).
  public boolean announcesDataSet() {
    OptionalInt type = us(CommandTag.COMMAND_DATA_SET_TYPE);
    return type.isPresent() && type.getAsInt() != NO_DATA_SET;
  }

  /// With Command Group Length in front.
  public byte[] encode() {
    int length = 0;
    for (byte[] value : elements.values()) {
      length += ELEMENT_HEADER_BYTES + value.length;
    }
    ByteBuffer out =
        ByteBuffer.allocate(ELEMENT_HEADER_BYTES + 4 + length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0).putInt(4).putInt(length);
    elements.forEach((tag, value) ->
        out.putShort((short) 0).putShort(tag.shortValue()).putInt(value.length).put(value));
    return out.array();
  }

  @Override
  public String toString() {
    return "CommandSet[" + elements.size() + " elements]";
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects elements in any order, without the group length, which [CommandSet#encode] makes.
  public static final class Builder {
    private final Map<Integer, byte[]> elements = new TreeMap<>();

    private Builder() {}

    public Builder us(int tag, int value) {
      elements.put(tag, new byte[] {(byte) value, (byte) (value >>> 8)});
      return this;
    }

    public Builder uid(int tag, Uid uid) {
      return text(tag, uid.value(), (byte) 0);
    }

    /// @param text ASCII
    public Builder lo(int tag, String text) {
      return text(tag, text, (byte) ' ');
    }

    /// Attribute tags, VR AT.
    public Builder at(int tag, List<Integer> tags) {
      ByteBuffer value = ByteBuffer.allocate(4 * tags.size()).order(ByteOrder.LITTLE_ENDIAN);
      for (int each : tags) {
        value.putShort((short) (each >>> 16)).putShort((short) each);
      }
      elements.put(tag, value.array());
      return this;
    }

    private Builder text(int tag, String text, byte padding) {
      byte[] value = text.getBytes(StandardCharsets.US_ASCII);
      if (value.length % 2 != 0) {
        value = java.util.Arrays.copyOf(value, value.length + 1);
        value[value.length - 1] = padding;
      }
      elements.put(tag, value);
      return this;
    }

    public CommandSet build() {
      return new CommandSet(new TreeMap<>(elements));
    }
  }
}
