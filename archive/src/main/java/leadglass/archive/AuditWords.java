package leadglass.archive;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Entries of the trail in words, for whoever checks what was done.
final class AuditWords {
  private AuditWords() {}

  /// What was done, or what was wanted and refused.
  static String what(AuditEntry entry) {
    String deed = entry.ends() ? "end of: " + deed(entry) : deed(entry);
    String counted = entry.count() > 1 ? deed + " (" + entry.count() + ")" : deed;
    String detail = entry.detail() == null ? "" : entry.detail();
    String said = detail.isEmpty() || counted.equals(detail) ? counted : counted + ": " + detail;
    return entry.success() ? said : "refused: " + said;
  }

  private static String deed(AuditEntry entry) {
    return switch (entry.act()) {
      case STORED -> "an image came in";
      case SEARCHED ->
          Worklist.NAME.equals(entry.detail()) ? "planned procedures" : "a list of studies";
      case RETRIEVED -> "images given out";
      case DESCRIBED -> "description looked at";
      case PREVIEWED -> "previews looked at";
      case SECURITY -> "security";
      case ACTIVITY -> "the archive itself";
      case DELETED -> "study deleted";
      case RESTORED -> "study brought back";
      case PURGED -> "study gone for ever";
      case MOVED -> "study given to another patient";
      case HELD -> "legal hold";
      case ERASED -> "erasure of a patient";
      case POLICY -> "rule of the site";
      case QUARANTINE -> "image kept apart";
      case EMERGENCY -> "emergency";
      case SHARED -> "shared";
      case LOG_USED -> "this log read";
      case ASKED -> "question of a patient";
      case STATE -> "who may do what";
      case REVIEWED -> "weekly review";
      case SCHEDULED -> "planned procedure";
      case PERFORMED -> "procedure done";
    };
  }

  /// By whom.
  static String by(AuditEntry entry) {
    return switch (entry.kind()) {
      case "stranger" -> "somebody not signed in";
      case "archive" -> "the archive itself";
      case "patient" -> "patient's account " + entry.who();
      case "share" -> "link " + entry.who().substring(0, Math.min(8, entry.who().length()));
      default -> entry.kind() + " " + entry.who();
    };
  }

  /// Why, and for whom, as somebody said.
  static String why(AuditEntry entry) {
    StringJoiner words = new StringJoiner("; ");
    add(words, "", entry.purpose());
    if (entry.reason() != null && !entry.reason().equals(entry.purpose())) {
      words.add(entry.reason());
    }
    add(words, "for ", entry.recipient());
    return words.toString();
  }

  private static void add(StringJoiner words, String before, @Nullable String word) {
    if (word != null && !word.isEmpty()) {
      words.add(before + word);
    }
  }
}
