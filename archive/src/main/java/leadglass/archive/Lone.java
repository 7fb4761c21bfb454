package leadglass.archive;

import leadglass.archive.Accounts.Known;

/// Who is there to be a second person.
final class Lone {
  private Lone() {}

  /// Whether no administrator but `account` could confirm something for it.
  static boolean without(Accounts accounts, String account) {
    return accounts.list().stream()
        .filter(known -> known.record().administers())
        .map(Known::key)
        .allMatch(account::equals);
  }
}
