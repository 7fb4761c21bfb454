package leadglass.app.exposure;

import java.time.Instant;
import leadglass.archive.Exposure;

/// What a person reads who is told that a stranger sees more than before. Neither door nor address
/// is in it: a mail passes many hands.
final class DropLetter {
  private DropLetter() {}

  static String subject(Exposure.Drop drop) {
    return "Exposure grade " + drop.to() + ", before " + drop.from();
  }

  static String text(Exposure.Drop drop) {
    return """
    The archive looked at its own doors as a stranger would, at
    %s, from inside. The grade is %s now; it was %s.

    What to do: sign in as an administrator and open Exposure. It says which door it
    is and how to mend it. At the console:

      leadglass exposure show --data DIR

    It stays announced on the first page until the grade is as good as it was.
    """
        .formatted(Instant.ofEpochMilli(drop.atMillis()), drop.to(), drop.from());
  }
}
