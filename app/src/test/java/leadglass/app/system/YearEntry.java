package leadglass.app.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leadglass.archive.Act;
import leadglass.archive.AuditEntry;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import org.jspecify.annotations.Nullable;

/// One line of the trail as the script writes it down: everything but addresses, bytes, what stands
/// in a state, and names that the archive draws for things (who and which study is never one).
///
/// @param hat empty for whoever wears none
/// @param study empty where it is about none
record YearEntry(
    Instant at,
    Act act,
    boolean success,
    String kind,
    String who,
    String hat,
    Origin.Door door,
    String study,
    long count,
    boolean ends,
    String detail,
    String reason,
    String purpose,
    String recipient) {

  /// Somebody, as the trail names them, and the door they stand at.
  record Who(String kind, String name, String hat, Origin.Door door) {
    static Who person(String name, Role hat) {
      return new Who("person", name, hat.word(), Origin.Door.PAGE);
    }

    static Who stranger(Origin.Door door) {
      return new Who("stranger", "", "", door);
    }

    static Who console(String user) {
      return new Who("console", user, "", Origin.Door.CONSOLE);
    }

    static Who archive() {
      return new Who("archive", "", "", Origin.Door.ARCHIVE);
    }

    Who at(Origin.Door other) {
      return new Who(kind, name, hat, other);
    }
  }

  static YearEntry of(Instant at, Who who, Act act, boolean success, String detail) {
    return new YearEntry(
        at,
        act,
        success,
        who.kind(),
        who.name(),
        who.hat(),
        who.door(),
        "",
        1,
        false,
        masked(detail),
        "",
        "",
        "");
  }

  /// @param patients whose each study is: what is about a patient is about any of theirs
  static YearEntry of(AuditEntry entry, Map<String, String> patients) {
    String study = said(entry.study());
    boolean ofPatient =
        switch (entry.act()) {
          case EMERGENCY, ASKED, ERASED, SECURITY -> true;
          default -> false;
        };
    return new YearEntry(
        Instant.ofEpochMilli(entry.at()),
        entry.act(),
        entry.success(),
        entry.kind(),
        entry.who(),
        said(entry.hat()),
        entry.door(),
        ofPatient ? patients.getOrDefault(study, study) : study,
        entry.count(),
        entry.ends(),
        masked(said(entry.detail())),
        said(entry.reason()),
        said(entry.purpose()),
        said(entry.recipient()));
  }

  private static String masked(String detail) {
    return detail.replaceAll("\\b[0-9a-f]{32}\\b", "NAME");
  }

  private static String said(@Nullable String words) {
    return words == null ? "" : words;
  }

  YearEntry about(String uid) {
    return new YearEntry(
        at, act, success, kind, who, hat, door, uid, count, ends, detail, reason, purpose,
        recipient);
  }

  YearEntry count(long instances) {
    return new YearEntry(
        at, act, success, kind, who, hat, door, study, instances, ends, detail, reason, purpose,
        recipient);
  }

  YearEntry because(String words) {
    return new YearEntry(
        at, act, success, kind, who, hat, door, study, count, ends, detail, words, purpose,
        recipient);
  }

  YearEntry stated(String why, String whom) {
    return new YearEntry(
        at, act, success, kind, who, hat, door, study, count, ends, detail, reason, why, whom);
  }

  /// The entry that closes the visit that this one opened.
  YearEntry ended(Instant then, long instances) {
    return new YearEntry(
        then, act, success, kind, who, hat, door, study, instances, true, detail, reason, purpose,
        recipient);
  }

  /// In one line.
  String line() {
    List<String> words = new ArrayList<>();
    words.add(at + " " + act + (success ? "" : " REFUSED") + (ends ? " ends" : ""));
    words.add((kind + " " + who + " " + hat + " " + door).replaceAll(" +", " "));
    words.add(study + " x" + count);
    words.add(detail);
    words.add(reason.isEmpty() ? "" : "reason=" + reason);
    words.add(purpose.isEmpty() ? "" : "purpose=" + purpose);
    words.add(recipient.isEmpty() ? "" : "recipient=" + recipient);
    words.removeIf(String::isEmpty);
    return String.join(" | ", words);
  }

  @Override
  public String toString() {
    return line();
  }
}
