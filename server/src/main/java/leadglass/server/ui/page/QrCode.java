package leadglass.server.ui.page;

/// A QR code as the path of an SVG: no image to fetch, no style to allow.
///
/// @param modules along one side, with the quiet zone
/// @param path one square of side 1 for each dark module
public record QrCode(int modules, String path) {

  private static final int QUIET_MODULES = 4;

  /// @throws IllegalArgumentException if `text` is longer than a QR code can be
  public static QrCode of(String text) {
    io.nayuki.qrcodegen.QrCode code =
        io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x + QUIET_MODULES).append(' ').append(y + QUIET_MODULES);
          path.append("h1v1h-1z");
        }
      }
    }
    return new QrCode(code.size + 2 * QUIET_MODULES, path.toString());
  }

  /// The text holds a secret.
  @Override
  public String toString() {
    return "QrCode[" + modules + "]";
  }
}
