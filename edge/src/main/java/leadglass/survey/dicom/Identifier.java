package leadglass.survey.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Identifiers of questions, in implicit VR little endian, elements in order.
final class Identifier {
  private static final int QUERY_RETRIEVE_LEVEL = 0x00080052;
  private static final int PATIENT_ID = 0x00100020;
  private static final int STUDY_INSTANCE_UID = 0x0020000D;
  private static final int STUDY_RELATED_INSTANCES = 0x00201208;
  private static final int SCHEDULED_STATION_AE_TITLE = 0x00400001;
  private static final int SCHEDULED_PROCEDURE_STEP_SEQUENCE = 0x00400100;
  private static final int ITEM = 0xFFFEE000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Identifier() {}

  /// One study that does not exist.
  static byte[] study(String level, String uid) {
    return new Identifier()
        .text(QUERY_RETRIEVE_LEVEL, level, ' ')
        .text(STUDY_INSTANCE_UID, uid, '\0')
        .out
        .toByteArray();
  }

  /// One patient that does not exist.
  static byte[] patient(String id) {
    return new Identifier()
        .text(QUERY_RETRIEVE_LEVEL, "PATIENT", ' ')
        .text(PATIENT_ID, id, ' ')
        .out
        .toByteArray();
  }

  /// The list of a station that does not exist.
  static byte[] station(String title) {
    byte[] inner = new Identifier().text(SCHEDULED_STATION_AE_TITLE, title, ' ').out.toByteArray();
    Identifier item = new Identifier();
    item.element(ITEM, inner);
    Identifier whole = new Identifier();
    whole.element(SCHEDULED_PROCEDURE_STEP_SEQUENCE, item.out.toByteArray());
    return whole.out.toByteArray();
  }

  /// All studies, and of each no more than its UID and how many images it has.
  static byte[] everyStudy() {
    return new Identifier()
        .text(QUERY_RETRIEVE_LEVEL, "STUDY", ' ')
        .text(STUDY_INSTANCE_UID, "", '\0')
        .text(STUDY_RELATED_INSTANCES, "", ' ')
        .out
        .toByteArray();
  }

  private Identifier text(int tag, String value, char padding) {
    String even = value.length() % 2 == 0 ? value : value + padding;
    element(tag, even.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  private void element(int tag, byte[] value) {
    little(tag >>> 16, 2);
    little(tag & 0xFFFF, 2);
    little(value.length, 4);
    out.writeBytes(value);
  }

  private void little(int number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write(number >>> (8 * i));
    }
  }
}
