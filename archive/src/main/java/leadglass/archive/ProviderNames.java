package leadglass.archive;

/// Names of accounts that come from a provider: what the person is called there, `@`, what the
/// provider is called here. A name like somebody else's gets a number; it never leads to theirs.
final class ProviderNames {
  private static final int PERSON_CHARS_MAX = 32;

  private ProviderNames() {}

  static String free(ProviderSignIns.Proved proved, Accounts accounts) {
    String wish = proved.wish();
    int at = wish.indexOf('@');
    String local = at > 0 ? wish.substring(0, at) : wish;
    String kept = local.replaceAll("[^A-Za-z0-9._-]", "");
    String person =
        kept.isEmpty() ? "person" : kept.substring(0, Math.min(kept.length(), PERSON_CHARS_MAX));
    String provider = "@" + proved.provider();
    String name = person + provider;
    for (int number = 2; accounts.find(name).isPresent(); number++) {
      name = person + "-" + number + provider;
    }
    return name;
  }
}
