package leadglass.server.ui.page;

import java.util.Locale;
import java.util.Optional;

/// Which colours a person wants.
public enum Theme {
  AUTO("Auto"),
  LIGHT("Light"),
  DARK("Dark");

  private final String label;

  Theme(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /// As it stands in a form, a cookie and the page.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Theme> of(String word) {
    for (Theme theme : values()) {
      if (theme.word().equals(word)) {
        return Optional.of(theme);
      }
    }
    return Optional.empty();
  }
}
