package leadglass.app.system;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.PartTen;

/// A CT image of somebody who does not exist, the same bytes each time it is made.
///
/// @param patient whose
/// @param rows of 256 pixels, so that there are 512 bytes a row
record Made(Patient patient, String study, String series, String instance, int rows) {
  static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final int COLUMNS = 256;

  /// @param characterSet defined term of (0008,0005)
  /// @param name all component groups
  record Patient(String characterSet, String name, String id) {
    @Override
    public String toString() {
      return "Patient[]";
    }
  }

  /// In Explicit VR Little Endian.
  byte[] dataSet() {
    return dataSet("20260102");
  }

  byte[] dataSet(String studyDate) {
    byte[] pixels = new byte[2 * COLUMNS * rows];
    new Random(instance.hashCode()).nextBytes(pixels);
    return DataSets.encode(
        DataSet.builder()
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, patient.characterSet())
            .uid(Tag.SOP_CLASS_UID, new Uid(CT))
            .uid(Tag.SOP_INSTANCE_UID, new Uid(instance))
            .text(Tag.STUDY_DATE, Vr.DA, studyDate)
            .text(Tag.STUDY_TIME, Vr.TM, "101112")
            .text(Tag.ACCESSION_NUMBER, Vr.SH, patient.id())
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.REFERRING_PHYSICIAN_NAME, Vr.PN, patient.name())
            .text(Tag.STUDY_DESCRIPTION, Vr.LO, patient.id())
            .text(Tag.PATIENT_NAME, Vr.PN, patient.name())
            .text(Tag.PATIENT_ID, Vr.LO, patient.id())
            .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19700101")
            .text(Tag.PATIENT_SEX, Vr.CS, "O")
            .uid(Tag.STUDY_INSTANCE_UID, new Uid(study))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(series))
            .text(Tag.STUDY_ID, Vr.SH, "1")
            .text(Tag.SERIES_NUMBER, Vr.IS, "1")
            .text(Tag.INSTANCE_NUMBER, Vr.IS, "1")
            .us(Tag.SAMPLES_PER_PIXEL, 1)
            .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
            .us(Tag.ROWS, rows)
            .us(Tag.COLUMNS, COLUMNS)
            .us(Tag.BITS_ALLOCATED, 16)
            .us(Tag.BITS_STORED, 16)
            .us(Tag.HIGH_BIT, 15)
            .us(Tag.PIXEL_REPRESENTATION, 0)
            .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, pixels))
            .build());
  }

  /// A file of PS3.10 around it.
  byte[] file() {
    return file(dataSet());
  }

  byte[] file(byte[] dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        PartTen.header(
            new Uid(CT), new Uid(instance), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()));
    out.writeBytes(dataSet);
    return out.toByteArray();
  }

  /// Where it can be fetched.
  String address() {
    return "/dicomweb/studies/" + study + "/series/" + series + "/instances/" + instance;
  }

  @Override
  public String toString() {
    return instance;
  }
}
