package leadglass.app.mail;

import java.time.Instant;

/// What a person reads who gets a checkpoint. Nothing of any patient can be in it: a checkpoint has
/// none.
///
/// @param name of the archive, as it calls itself in audit messages
/// @param note the signed checkpoint
record Letter(String name, String note, long entries, long millis) {

  String subject() {
    return "Audit trail checkpoint: " + entries + " entries";
  }

  String fileName() {
    return "leadglass-" + entries + ".checkpoint";
  }

  String text() {
    return """
    The archive %s signed this checkpoint of its audit trail:

      entries   %d
      made      %s
      trail     %s

    The attached file is the checkpoint. It says how many entries the trail has, and
    nothing of any of them or of any patient.

    What to do: keep this mail, or the file, where nobody who looks after the archive
    can change or remove it. The newest one covers all before; older ones may go.

    When in doubt whether somebody changed the trail or put back an older state, let
    whoever can read the archive's data directory, or a copy of it, run

      leadglass audit verify DIRECTORY --against %s

    It answers whether everything that this checkpoint covers is still there,
    unchanged. If mails like this one stop coming, or the number of entries ever
    becomes smaller, ask why.
    """
        .formatted(
            name,
            entries,
            Instant.ofEpochMilli(millis),
            note.lines().findFirst().orElse(""),
            fileName());
  }

  @Override
  public String toString() {
    return "Letter[" + entries + "]";
  }
}
