package leadglass.survey;

import java.util.Optional;

/// What whoever answers for the hosts says beforehand.
///
/// @param called the archive's AE title, if it is told; AE titles are never guessed
/// @param calling one that the archive knows, likewise
/// @param countByQuery studies may be counted by a C-FIND whose identifiers cross the wire
/// @param hl7Probe an HL7 listener may be sent a message
/// @param estimateImages images that no one counted may be estimated, and are labelled so
public record Declared(
    Optional<String> called,
    Optional<String> calling,
    boolean countByQuery,
    boolean hl7Probe,
    boolean estimateImages) {

  public static final Declared NOTHING =
      new Declared(Optional.empty(), Optional.empty(), false, false, false);

  Declared withoutCounting() {
    return new Declared(called, calling, false, hl7Probe, estimateImages);
  }
}
