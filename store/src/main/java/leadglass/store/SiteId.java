package leadglass.store;

/// A tenant. Keys, UIDs and patients of one site mean nothing in another.
///
/// @param value 32 lower-case hex digits, random, made when the site is set up
public record SiteId(String value) {
  public SiteId {
    if (!value.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("site id of " + value.length() + " characters");
    }
  }
}
