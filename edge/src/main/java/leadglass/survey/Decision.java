package leadglass.survey;

/// One row of a probe's decision table: what was seen, and what that means.
///
/// @param id lower case with hyphens, unlike any other of the probe
/// @param level [Level#CLOSED] for what can't be told, where it means nothing
/// @param words a sentence about the door, without a full stop; nothing that a server sent
public record Decision(String id, Verdict verdict, Level level, String words) {
  public Decision {
    boolean fits =
        switch (verdict) {
          case OPEN -> level.number() >= Level.EXPOSED.number();
          case CLOSED -> level.number() <= Level.NOTE.number();
          case CANT_TELL -> level == Level.CLOSED;
        };
    if (!fits) {
      throw new IllegalArgumentException(id + ": " + verdict + " is no " + level);
    }
  }

  public static Decision open(Level level, String id, String words) {
    return new Decision(id, Verdict.OPEN, level, words);
  }

  public static Decision closed(String id, String words) {
    return new Decision(id, Verdict.CLOSED, Level.CLOSED, words);
  }

  public static Decision note(String id, String words) {
    return new Decision(id, Verdict.CLOSED, Level.NOTE, words);
  }

  public static Decision cantTell(String id, String words) {
    return new Decision(id, Verdict.CANT_TELL, Level.CLOSED, words);
  }
}
