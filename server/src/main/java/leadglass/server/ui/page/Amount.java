package leadglass.server.ui.page;

import java.util.Locale;

/// Numbers in words.
public final class Amount {

  private static final long KIB = 1024;

  private Amount() {}

  public static String number(long count) {
    return String.format(Locale.UK, "%,d", count);
  }

  /// `1 image`, `312 images`.
  public static String of(long count, String one) {
    return number(count) + " " + one + (count == 1 ? "" : "s");
  }

  public static String series(long count) {
    return number(count) + " series";
  }

  public static String studies(long count) {
    return number(count) + (count == 1 ? " study" : " studies");
  }

  public static String bytes(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = bytes;
    int unit = 0;
    while (value >= KIB && unit < units.length - 1) {
      value /= KIB;
      unit++;
    }
    String digits = unit == 0 || value >= 100 ? "%,.0f" : "%,.1f";
    return String.format(Locale.UK, digits, value) + " " + units[unit];
  }
}
