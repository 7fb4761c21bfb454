package leadglass.dicom.io;

/// Bytes that are no data set, or not one within the limits. Says where and which rule, never a
/// value.
public final class DicomException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean truncated;

  private DicomException(String rule, long offset, boolean truncated) {
    super(rule + " at byte " + offset);
    this.truncated = truncated;
  }

  static DicomException malformed(String rule, long offset) {
    return new DicomException(rule, offset, false);
  }

  static DicomException truncated(String rule, long offset) {
    return new DicomException(rule, offset, true);
  }

  /// Whether the bytes were sound as far as they went, but ended too early.
  public boolean isTruncated() {
    return truncated;
  }
}
