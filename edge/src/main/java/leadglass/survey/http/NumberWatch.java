package leadglass.survey.http;

import java.util.OptionalLong;

/// The number that a JSON member of a known name has: `"CountStudies" : 12`.
public final class NumberWatch implements Watch {
  private static final int DIGITS_MAX = 12;

  private enum Stage {
    NAME,
    COLON,
    DIGITS,
    OVER
  }

  private final String name;
  private Marker marker;
  private Stage stage = Stage.NAME;
  private long number;
  private int digits;
  private boolean quoted;

  public NumberWatch(String name) {
    this.name = '"' + name + '"';
    this.marker = new Marker(this.name);
  }

  /// Empty if there was none, or none of up to twelve digits.
  public OptionalLong number() {
    return stage == Stage.OVER && digits > 0 && digits <= DIGITS_MAX
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  @Override
  public void see(int octet) {
    boolean blank = octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    switch (stage) {
      case NAME -> {
        marker.see(octet);
        stage = marker.found() ? Stage.COLON : Stage.NAME;
      }
      case COLON -> {
        if (octet == ':') {
          stage = Stage.DIGITS;
        } else if (!blank) {
          marker = new Marker(name);
          stage = Stage.NAME;
        }
      }
      case DIGITS -> digit(octet, blank);
      case OVER -> {
        // The first one counts.
      }
    }
  }

  private void digit(int octet, boolean blank) {
    if (octet >= '0' && octet <= '9') {
      digits++;
      number = digits <= DIGITS_MAX ? number * 10 + octet - '0' : 0;
    } else if (digits > 0) {
      // A fraction or an exponent is no count.
      boolean ends = quoted ? octet == '"' : blank || octet == ',' || octet == '}' || octet == ']';
      digits = ends ? digits : 0;
      stage = Stage.OVER;
    } else if (octet == '"' && !quoted) {
      quoted = true;
    } else if (!blank) {
      stage = Stage.OVER;
    }
  }

  @Override
  public boolean settled() {
    return stage == Stage.OVER;
  }
}
