package leadglass.archive;

/// What somebody takes out of a study, which decides what they need and what the trail says.
public enum Look {
  /// Images, to be looked at.
  IMAGES(Verb.RETRIEVE, Act.RETRIEVED),
  /// Whole instances as files, to be kept.
  FILES(Verb.DOWNLOAD, Act.RETRIEVED),
  /// Attributes without pixels.
  DESCRIPTION(Verb.RETRIEVE, Act.DESCRIBED),
  /// Small previews.
  PREVIEW(Verb.PREVIEW, Act.PREVIEWED);

  private final Verb verb;
  private final Act act;

  Look(Verb verb, Act act) {
    this.verb = verb;
    this.act = act;
  }

  Verb verb() {
    return verb;
  }

  Act act() {
    return act;
  }
}
