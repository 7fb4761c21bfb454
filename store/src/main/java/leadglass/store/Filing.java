package leadglass.store;

import java.util.List;
import leadglass.dicom.data.Uid;

/// What the store must know of an instance to keep it and to find it again.
///
/// @param site the tenant it belongs to
/// @param patient whose key seals it
/// @param study Study Instance UID
/// @param series Series Instance UID
/// @param sopInstance SOP Instance UID, one of a kind in its site
/// @param sopClass SOP Class UID
/// @param transferSyntax the encoding of the bytes as received
/// @param layout where pixel data and its frames lie in those bytes; opaque here, sealed with them
/// @param studyAttributes patient and study level attributes, an encoded data set; opaque here
/// @param seriesAttributes series level attributes, likewise
/// @param instanceAttributes instance level attributes, likewise
/// @param searchable what a study is found by
/// @param receivedMillis when it came, milliseconds since 1970-01-01T00:00Z
/// @param audit the audit entry of this act, sealed into the same batch
/// @param apart whether it is kept apart: found by nobody until somebody accepts it
public record Filing(
    SiteId site,
    PatientRef patient,
    Uid study,
    Uid series,
    Uid sopInstance,
    Uid sopClass,
    Uid transferSyntax,
    byte[] layout,
    byte[] studyAttributes,
    byte[] seriesAttributes,
    byte[] instanceAttributes,
    StudyTerms searchable,
    long receivedMillis,
    List<Audit> audit,
    boolean apart) {

  /// One that is found as soon as it is kept.
  public Filing(
      SiteId site,
      PatientRef patient,
      Uid study,
      Uid series,
      Uid sopInstance,
      Uid sopClass,
      Uid transferSyntax,
      byte[] layout,
      byte[] studyAttributes,
      byte[] seriesAttributes,
      byte[] instanceAttributes,
      StudyTerms searchable,
      long receivedMillis,
      List<Audit> audit) {
    this(
        site,
        patient,
        study,
        series,
        sopInstance,
        sopClass,
        transferSyntax,
        layout,
        studyAttributes,
        seriesAttributes,
        instanceAttributes,
        searchable,
        receivedMillis,
        audit,
        false);
  }

  /// This, kept apart.
  public Filing keptApart() {
    return apart(true);
  }

  /// This, no longer kept apart.
  public Filing accepted() {
    return apart(false);
  }

  private Filing apart(boolean whether) {
    return new Filing(
        site,
        patient,
        study,
        series,
        sopInstance,
        sopClass,
        transferSyntax,
        layout,
        studyAttributes,
        seriesAttributes,
        instanceAttributes,
        searchable,
        receivedMillis,
        audit,
        whether);
  }

  @Override
  public String toString() {
    return "Filing[]";
  }
}
