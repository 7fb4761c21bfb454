package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// A week that an auditor looked at, as it is kept in the registry.
///
/// @param by who signs it off
/// @param at when, milliseconds since 1970-01-01T00:00Z
/// @param remark as they typed it; it names no patient
/// @param items that were in the queue
/// @param own how many of them were about who signs
/// @param alone whether nobody else could have looked at those
/// @param witness who looked at those; null while nobody has, or where nobody has to
record ReviewRecord(
    String by,
    long at,
    String remark,
    long items,
    long own,
    boolean alone,
    @Nullable String witness) {

  boolean isSigned() {
    return own == 0 || alone || witness != null;
  }

  ReviewRecord witnessed(String who) {
    return new ReviewRecord(by, at, remark, items, own, alone, who);
  }

  @Override
  public String toString() {
    return "ReviewRecord[]";
  }
}
