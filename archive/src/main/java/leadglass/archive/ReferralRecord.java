package leadglass.archive;

/// A study that a referrer reaches, as it is kept in the registry.
///
/// @param account of the referrer
/// @param study name of the study's key
/// @param by who said so; `archive` where a confirmed identifier did
/// @param at milliseconds since 1970-01-01T00:00Z
record ReferralRecord(String account, String study, String by, long at) {

  /// An identifier of a referrer that staff confirmed.
  ///
  /// @param scheme (0008,0102) Coding Scheme Designator
  /// @param code (0008,0100) Code Value
  record Identifier(String account, String scheme, String code, String by, long at) {
    String key() {
      return scheme + "\n" + code;
    }

    @Override
    public String toString() {
      return "Identifier[]";
    }
  }
}
