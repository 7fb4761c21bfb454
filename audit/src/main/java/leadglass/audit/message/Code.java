package leadglass.audit.message;

/// A coded value as the schema has it (PS3.15 A.5.1.1).
///
/// @param code `csd-code`
/// @param system `codeSystemName`: a Coding Scheme Designator, or an OID
/// @param meaning `originalText`, which is the Code Meaning too
public record Code(String code, String system, String meaning) {
  public static final String DCM = "DCM";
  public static final String RFC_3881 = "RFC-3881";

  /// What PS3.15 has no code for.
  public static final String OURS = "99LEADGLASS";

  /// ActReason of HL7 v3, whose PurposeOfUse codes IHE uses.
  public static final String ACT_REASON = "2.16.840.1.113883.5.8";

  static Code dicom(String code, String meaning) {
    return new Code(code, DCM, meaning);
  }
}
