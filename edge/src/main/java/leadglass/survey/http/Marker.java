package leadglass.survey.http;

import java.util.Locale;

/// Whether a body contains words of ours, whatever their case.
public final class Marker implements Watch {
  private final String words;
  private final int[] falls;
  private int place;
  private boolean found;

  /// @param words in ASCII
  public Marker(String words) {
    this.words = words.toLowerCase(Locale.ROOT);
    this.falls = new int[words.length()];
    for (int i = 1, matched = 0; i < falls.length; i++) {
      while (matched > 0 && this.words.charAt(i) != this.words.charAt(matched)) {
        matched = falls[matched - 1];
      }
      matched += this.words.charAt(i) == this.words.charAt(matched) ? 1 : 0;
      falls[i] = matched;
    }
  }

  public boolean found() {
    return found;
  }

  @Override
  public void see(int octet) {
    if (found) {
      return;
    }
    int small = Octets.small(octet);
    while (place > 0 && words.charAt(place) != small) {
      place = falls[place - 1];
    }
    place += words.charAt(place) == small ? 1 : 0;
    found = place == words.length();
  }

  @Override
  public boolean settled() {
    return found;
  }
}
