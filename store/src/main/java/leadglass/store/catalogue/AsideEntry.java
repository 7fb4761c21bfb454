package leadglass.store.catalogue;

/// A study that was put aside.
///
/// @param study as it was then
/// @param asideMillis when
/// @param by who did it
/// @param reason as it was given
public record AsideEntry(StudyEntry study, long asideMillis, String by, byte[] reason) {

  @Override
  public String toString() {
    return "AsideEntry[]";
  }
}
