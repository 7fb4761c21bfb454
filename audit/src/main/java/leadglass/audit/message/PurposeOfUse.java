package leadglass.audit.message;

/// Why somebody uses patient data: codes of HL7 v3 ActReason below PurposeOfUse.
public enum PurposeOfUse {
  TREAT("treatment"),
  ETREAT("Emergency Treatment"),
  BTG("break the glass"),
  HOPERAT("healthcare operations"),
  SYSADMIN("health system administration"),
  HCOMPL("health compliance"),
  COC("coordination of care"),
  PATRQT("patient requested");

  private final String meaning;

  PurposeOfUse(String meaning) {
    this.meaning = meaning;
  }

  public Code code() {
    return new Code(name(), Code.ACT_REASON, meaning);
  }
}
