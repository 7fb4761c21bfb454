package leadglass.archive;

import java.util.List;
import java.util.Optional;
import leadglass.store.Registry;
import org.jspecify.annotations.Nullable;

/// Whether there is a site, and its name.
///
/// Safe for use by several threads.
final class Foundation {
  static final int NAME_CHARS_MAX = 64;
  private static final String KEY = "site";

  private final Documents<SiteRecord> documents;
  private final Accounts accounts;
  private volatile @Nullable String site;

  /// Finishes what a power cut may have left of a set-up.
  Foundation(Registry registry, Accounts accounts) {
    this.documents = new Documents<>(registry, "site", SiteRecord.class);
    this.accounts = accounts;
    documents.find(KEY).ifPresent(this::complete);
  }

  boolean done() {
    return site != null;
  }

  Optional<String> site() {
    return Optional.ofNullable(site);
  }

  static Optional<String> refusedSite(String name) {
    return isVisible(name, NAME_CHARS_MAX)
        ? Optional.empty()
        : Optional.of("The site's name is 1 to " + NAME_CHARS_MAX + " visible characters.");
  }

  static boolean isVisible(String name, int charsMax) {
    return !name.isBlank()
        && name.length() <= charsMax
        && name.codePoints().noneMatch(c -> Character.isISOControl(c) || isInvisible(c));
  }

  /// Such as marks that turn the writing direction.
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /// Makes the site and its first accounts: all of it or nothing.
  ///
  /// @return false if there is a site already
  boolean found(String name, long now, List<AccountRecord> founders) {
    SiteRecord record = new SiteRecord(name, now, founders);
    if (!documents.put(KEY, 0, record)) {
      documents.find(KEY).ifPresent(this::complete); // whoever was faster may have got stuck
      return false;
    }
    complete(new Documents.Kept<>(KEY, 1, record));
    return true;
  }

  private void complete(Documents.Kept<SiteRecord> kept) {
    SiteRecord record = kept.document();
    for (AccountRecord founder : record.founders()) {
      accounts.add(founder); // if it is there, then from the time before a power cut
    }
    if (!record.founders().isEmpty()) {
      documents.put(KEY, kept.version(), new SiteRecord(record.name(), record.made(), List.of()));
    }
    site = record.name();
  }
}
