package leadglass.dicom.io;

/// Byte order (PS3.5 §7.3).
final class Swap {
  private Swap() {}

  /// Turns each whole unit of `unitBytes` around, in place; a rest stays as it is.
  static void units(byte[] bytes, int length, int unitBytes) {
    if (unitBytes == 1) {
      return;
    }
    for (int from = 0; from + unitBytes <= length; from += unitBytes) {
      for (int i = 0; i < unitBytes / 2; i++) {
        byte kept = bytes[from + i];
        bytes[from + i] = bytes[from + unitBytes - 1 - i];
        bytes[from + unitBytes - 1 - i] = kept;
      }
    }
  }
}
