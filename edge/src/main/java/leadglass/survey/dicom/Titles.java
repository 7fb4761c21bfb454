package leadglass.survey.dicom;

/// The two AE titles of an association.
///
/// @param calledDeclared somebody told us the called one; else it is random
/// @param callingDeclared likewise; else it is ours
public record Titles(
    String called, String calling, boolean calledDeclared, boolean callingDeclared) {

  /// What we call ourselves where we say who we are.
  public static final String OURS = "LEADGLASS_CHECK";

  @Override
  public String toString() {
    return "Titles[calledDeclared=" + calledDeclared + ", callingDeclared=" + callingDeclared + "]";
  }
}
