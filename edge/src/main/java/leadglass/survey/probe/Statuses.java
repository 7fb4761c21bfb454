package leadglass.survey.probe;

/// What a status says to a stranger (PS3.7 Annex C).
final class Statuses {
  private static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
  private static final int NOT_AUTHORIZED = 0x0124;

  private Statuses() {}

  static boolean isRefusal(int status) {
    return status == SOP_CLASS_NOT_SUPPORTED || status == NOT_AUTHORIZED;
  }
}
