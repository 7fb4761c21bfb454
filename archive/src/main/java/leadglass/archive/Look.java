package leadglass.archive;

/// What somebody takes out of a study, which decides what they need and what the trail says.
public enum Look {
  /// Images as they are kept.
  IMAGES(Verb.RETRIEVE, Act.RETRIEVED),
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
