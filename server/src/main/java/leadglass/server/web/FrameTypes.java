package leadglass.server.web;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import leadglass.dicom.data.TransferSyntax;

/// Media types of encoded frames (PS3.18 §8.7.3.3): a fixed list, never what an object says.
final class FrameTypes {
  static final String OCTETS = "application/octet-stream";

  private static final Map<String, String> BY_SYNTAX =
      Map.ofEntries(
          entry("1.2.840.10008.1.2.4.50", "image/jpeg"),
          entry("1.2.840.10008.1.2.4.51", "image/jpeg"),
          entry("1.2.840.10008.1.2.4.57", "image/jpeg"),
          entry("1.2.840.10008.1.2.4.70", "image/jpeg"),
          entry("1.2.840.10008.1.2.4.80", "image/jls"),
          entry("1.2.840.10008.1.2.4.81", "image/jls"),
          entry("1.2.840.10008.1.2.4.90", "image/jp2"),
          entry("1.2.840.10008.1.2.4.91", "image/jp2"),
          entry("1.2.840.10008.1.2.4.92", "image/jpx"),
          entry("1.2.840.10008.1.2.4.93", "image/jpx"),
          entry("1.2.840.10008.1.2.4.100", "video/mpeg2"),
          entry("1.2.840.10008.1.2.4.101", "video/mpeg2"),
          entry("1.2.840.10008.1.2.4.102", "video/mp4"),
          entry("1.2.840.10008.1.2.4.103", "video/mp4"),
          entry("1.2.840.10008.1.2.4.104", "video/mp4"),
          entry("1.2.840.10008.1.2.4.105", "video/mp4"),
          entry("1.2.840.10008.1.2.4.106", "video/mp4"),
          entry("1.2.840.10008.1.2.4.107", "video/h265"),
          entry("1.2.840.10008.1.2.4.108", "video/h265"),
          entry("1.2.840.10008.1.2.4.110", "image/jxl"),
          entry("1.2.840.10008.1.2.4.111", "image/jxl"),
          entry("1.2.840.10008.1.2.4.112", "image/jxl"),
          entry("1.2.840.10008.1.2.4.201", "image/jphc"),
          entry("1.2.840.10008.1.2.4.202", "image/jphc"),
          entry("1.2.840.10008.1.2.4.203", "image/jphc"),
          entry("1.2.840.10008.1.2.5", "image/dicom-rle"));

  /// Names from before they were registered.
  private static final Map<String, String> FORMERLY =
      Map.of("image/x-jls", "image/jls", "image/x-dicom-rle", "image/dicom-rle");

  private FrameTypes() {}

  /// The media type that a wish for frames in this transfer syntax gets, if it can be granted.
  /// Octets are given in whatever transfer syntax is stored, which the part's header names.
  static Optional<String> granted(Accept.Wish wish, TransferSyntax stored) {
    if (!wish.takesSyntax(stored.uid().value())) {
      return Optional.empty();
    }
    if (wish.takes(OCTETS)) {
      return Optional.of(OCTETS);
    }
    String asked = FORMERLY.getOrDefault(wish.type(), wish.type());
    MediaType range = new MediaType(asked, Map.of());
    return Optional.ofNullable(BY_SYNTAX.get(stored.uid().value())).filter(range::covers);
  }

  /// What the stored transfer syntax can be had as.
  static java.util.List<String> offers(TransferSyntax stored) {
    String octets = "multipart/related; type=\"" + OCTETS + "\"" + syntax(stored);
    String type = BY_SYNTAX.get(stored.uid().value());
    return type == null
        ? java.util.List.of(octets)
        : java.util.List.of(octets, "multipart/related; type=\"" + type + "\"" + syntax(stored));
  }

  /// A part's or a body's header.
  static String header(String type, TransferSyntax stored) {
    return type + syntax(stored);
  }

  private static String syntax(TransferSyntax stored) {
    return "; transfer-syntax=" + stored.uid().value();
  }
}
