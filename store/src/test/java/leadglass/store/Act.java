package leadglass.store;

import java.util.Locale;

/// One thing asked of a store, as a line of text.
///
/// @param study number its UID is made from
/// @param patient number the patient's ID is made from
/// @param instance number its UID and its bytes are made from; of an audit entry its number
/// @param bytes length of a data set; of a scrub how much to read; of a full volume MiB left
/// @param name of a study that is put aside; else `-`
record Act(Kind kind, int study, int patient, int instance, int bytes, String name) {

  /// Kinds of acts.
  enum Kind {
    /// Takes an instance in.
    FILE,
    /// Writes an audit entry and waits until it is safe.
    AUDIT,
    /// Writes an audit entry that must survive the end of the process.
    MENTION,
    /// Puts a study aside.
    DELETE,
    /// Brings one back.
    RESTORE,
    /// Destroys the key of one that was put aside.
    PURGE,
    /// Gives a study to another patient.
    MOVE,
    /// Destroys a patient's keys.
    ERASE,
    /// Writes packs anew that are mostly dead.
    REPACK,
    /// Verifies some packs and compares the indexes with all of them.
    SCRUB,
    /// Copies what is new to the safe place.
    BACKUP,
    /// The volume fills up for a moment: tries all that must go on, and what must not.
    FULL
  }

  /// What came of it.
  ///
  /// @param done false: refused, and nothing was changed
  /// @param name of the study, if the act has one; else `-`
  record Reply(boolean done, String name) {
    static final Reply REFUSED = new Reply(false, "-");
    static final Reply DONE = new Reply(true, "-");

    String line() {
      return (done ? "done " : "refused ") + name;
    }

    static Reply of(String line) {
      String[] words = line.split(" ", -1);
      return new Reply(words[0].equals("done"), words[1]);
    }
  }

  String line() {
    return "%s %d %d %d %d %s"
        .formatted(kind.name().toLowerCase(Locale.ROOT), study, patient, instance, bytes, name);
  }

  static Act of(String line) {
    String[] words = line.split(" ", -1);
    return new Act(
        Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        words[5]);
  }

  /// What an audit entry of that number says.
  static String entry(int number) {
    return "entry " + number;
  }

  static StudyTerms terms(int patient) {
    return Samples.terms("Canary^Patient" + patient, "CANARYID" + patient, "20260115", "CT");
  }

  static PatientRef patient(int patient) {
    return new PatientRef("", terms(patient).patientId());
  }

  Filing filing(SiteId site) {
    return Samples.filing(site, study, 1, instance, terms(patient));
  }

  byte[] dataSet() {
    return Samples.bytes(instance, bytes);
  }
}
