package leadglass.archive;

import java.util.Arrays;
import java.util.Optional;

/// What somebody may do in a site. One person may hold several and wears one at a time.
public enum Role {
  /// People, devices, settings. No images.
  ADMINISTRATOR("administrator"),
  /// Reads and reports on studies.
  RADIOLOGIST("radiologist"),
  /// Sends and corrects studies, sees the day's list.
  TECHNOLOGIST("technologist"),
  /// The day's list, upload, share; thumbnails only.
  FRONT_DESK("frontdesk"),
  /// Studies they are named in or were shared.
  REFERRER("referrer"),
  /// The audit trail. No images.
  AUDITOR("auditor"),
  /// Confirms what needs a second person. No images.
  WITNESS("witness");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /// The word for it on the command line and in `--json`.
  public String word() {
    return word;
  }

  /// The role that `word` stands for.
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
  }
}
