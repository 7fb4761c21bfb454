package leadglass.dicom.io;

/// Ceilings for reading bytes we did not write. Crossing one refuses the data set; nothing is
/// truncated. Values are argued in docs/adr/0010-read-limits.md.
///
/// @param sequenceDepthMax nested SQ levels, 1 or more
/// @param elementCountMax elements and items in one data set, all levels together
/// @param valueBytesMax bytes of one value held in memory; larger ones are streamed
/// @param dataSetBytesMax bytes of one data set, encoded, after inflating
/// @param inflatedFreeBytes bytes a deflated data set may inflate to whatever its ratio
/// @param inflateRatioMax bytes out for one byte in, beyond `inflatedFreeBytes`
public record ReadLimits(
    int sequenceDepthMax,
    int elementCountMax,
    int valueBytesMax,
    long dataSetBytesMax,
    long inflatedFreeBytes,
    int inflateRatioMax) {

  /// For a peer that has only been authenticated, not trusted.
  public static final ReadLimits PEER =
      new ReadLimits(128, 4_000_000, 16 << 20, 16L << 30, 32 << 20, 200);

  public ReadLimits {
    if (sequenceDepthMax < 1
        || elementCountMax < 1
        || valueBytesMax < 1
        || dataSetBytesMax < 1
        || inflatedFreeBytes < 1
        || inflateRatioMax < 1) {
      throw new IllegalArgumentException("every limit is 1 or more; there is no 'unlimited'");
    }
  }
}
