package leadglass.dicom.data;

/// How a data set is encoded (PS3.5 §10, Annex A).
///
/// @param name as registered in PS3.6 Table A-1
/// @param encapsulated pixel data comes in fragments (PS3.5 §A.4)
/// @param dataSet whether it encodes a data set at all, and not a stream beside one
public record TransferSyntax(
    Uid uid,
    String name,
    boolean explicitVr,
    boolean bigEndian,
    boolean deflated,
    boolean encapsulated,
    boolean dataSet,
    boolean retired) {

  public static final TransferSyntax IMPLICIT_VR_LITTLE_ENDIAN =
      of("1.2.840.10008.1.2", "Implicit VR Little Endian", false, false, false, false);
  public static final TransferSyntax EXPLICIT_VR_LITTLE_ENDIAN =
      of("1.2.840.10008.1.2.1", "Explicit VR Little Endian", true, false, false, false);
  public static final TransferSyntax DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN =
      of("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", true, false, true, false);
  public static final TransferSyntax EXPLICIT_VR_BIG_ENDIAN =
      of("1.2.840.10008.1.2.2", "Explicit VR Big Endian", true, true, false, true);

  private static TransferSyntax of(
      String uid, String name, boolean explicit, boolean big, boolean deflated, boolean retired) {
    return new TransferSyntax(new Uid(uid), name, explicit, big, deflated, false, true, retired);
  }
}
