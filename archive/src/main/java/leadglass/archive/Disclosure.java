package leadglass.archive;

import java.util.Optional;

/// Images of one patient that went to somebody (45 CFR 164.528: date, recipient, what, purpose).
///
/// @param number of the audit entry that opened the visit
/// @param lastMillis of what is recorded of it last
/// @param recipient in words: for whom, by whose account, link or device
/// @param study Study Instance UID; empty once nothing tells it any more
/// @param name of the study, where there is no UID any more: a pseudonym
/// @param instances asked for
/// @param frames and `bytes` that went out of the store; empty where no entry closes the visit
/// @param purpose in words
/// @param stated whether somebody stated the purpose; else it is presumed from who it is
/// @param moved whether the study belongs to another patient by now
public record Disclosure(
    long number,
    long atMillis,
    long lastMillis,
    To to,
    String recipient,
    Optional<String> study,
    String name,
    What what,
    long instances,
    Optional<Long> frames,
    Optional<Long> bytes,
    String purpose,
    boolean stated,
    boolean moved) {

  /// Who got it.
  public enum To {
    /// Whoever opened a link.
    LINK,
    /// A doctor who is not of the site.
    REFERRER,
    PROGRAM,
    DEVICE,
    /// The patient's own page.
    PATIENT,
    /// People of the site: a use, not a disclosure.
    STAFF,
    /// Somebody at the machine itself.
    CONSOLE;

    /// Whether it left the site.
    public boolean isOutside() {
      return this != STAFF && this != CONSOLE;
    }

    /// What 45 CFR 164.528(a)(1) leaves out of an accounting, if the presumption of the purpose
    /// holds; the report lists it all the same.
    public String exemption() {
      return switch (this) {
        case REFERRER -> "treatment, presumed: 164.528(a)(1)(i)";
        case PATIENT -> "to the individual: 164.528(a)(1)(ii)";
        case STAFF, CONSOLE -> "a use within the site, no disclosure";
        case LINK, PROGRAM, DEVICE -> "";
      };
    }
  }

  /// What went out.
  public enum What {
    IMAGES("images"),
    PREVIEWS("previews"),
    DESCRIPTION("description, no picture");

    private final String words;

    What(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return "Disclosure[" + number + "]";
  }
}
