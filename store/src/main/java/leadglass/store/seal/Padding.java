package leadglass.store.seal;

import java.util.Arrays;

/// Sealing hides everything about a value but its length, and the length of a value with a name in
/// it tells how long the name is. So values are filled up with zeros before they are sealed.
public final class Padding {

  /// What a value that names somebody is filled up to a multiple of.
  public static final int NAMING_BYTES = 512;

  /// What other small values are filled up to a multiple of.
  public static final int VALUE_BYTES = 64;

  /// What a data set is filled up to a multiple of; a chunk is one.
  public static final int DATA_SET_BYTES = 512;

  private Padding() {}

  /// `bytes`, or the next multiple.
  public static long up(long bytes, int multiple) {
    return (bytes + multiple - 1) / multiple * multiple;
  }

  /// The value with as many zeros behind it as that takes.
  public static byte[] padded(byte[] plain, int multiple) {
    return Arrays.copyOf(plain, Math.toIntExact(up(plain.length, multiple)));
  }
}
