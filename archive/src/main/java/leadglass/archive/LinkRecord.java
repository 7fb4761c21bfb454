package leadglass.archive;

/// Says that whoever an identity provider calls by this name has that account here.
///
/// @param issuer of the provider, as its tokens name it
/// @param subject by which the provider knows the person; it never gives it to another
/// @param account key of the account
/// @param factor whether a second factor of ours was enrolled
record LinkRecord(String issuer, String subject, String account, boolean factor) {
  LinkRecord withFactor(boolean enrolled) {
    return new LinkRecord(issuer, subject, account, enrolled);
  }

  @Override
  public String toString() {
    return "LinkRecord[]";
  }
}
