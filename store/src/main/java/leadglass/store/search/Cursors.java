package leadglass.store.search;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import leadglass.store.SiteId;
import leadglass.store.StudyTerms;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Where a page ended, as text for a link. Sealed: links end up in logs, and a date is a patient's.
public final class Cursors {
  private static final int CHARS_MAX = 128;

  private final SecretBytes key;

  public Cursors(SecretBytes key) {
    this.key = key;
  }

  /// Behind a study.
  public String behind(SiteId site, StudyTerms terms, long number) {
    byte[] sealed = Seal.seal(key, about(site), SortKey.of(terms, number).encode());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// @throws IllegalArgumentException if this archive did not give it out for this site
  SortKey read(SiteId site, String cursor) {
    if (cursor.length() > CHARS_MAX) {
      throw new IllegalArgumentException("not a cursor");
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(cursor);
      return SortKey.decode(Seal.open(key, about(site), sealed));
    } catch (Seal.BrokenException | IllegalArgumentException _) {
      throw new IllegalArgumentException("not a cursor");
    }
  }

  private static byte[] about(SiteId site) {
    return site.value().getBytes(US_ASCII);
  }
}
