package leadglass.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.PartTen;

/// Synthetic instances: pictures of four by two points.
final class Samples {
  static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  static final Uid STUDY = new Uid("2.25.1");
  static final Uid SERIES = new Uid("2.25.1.1");
  static final int ROWS = 2;
  static final int COLUMNS = 4;

  private Samples() {}

  /// A CT of the study and series above.
  static DataSet.Builder ct(String sopInstance) {
    return DataSet.builder()
        .utf8()
        .uid(Tag.SOP_CLASS_UID, CT)
        .uid(Tag.SOP_INSTANCE_UID, new Uid(sopInstance))
        .text(Tag.STUDY_DATE, Vr.DA, "20240229")
        .text(Tag.STUDY_TIME, Vr.TM, "101500")
        .text(Tag.ACCESSION_NUMBER, Vr.SH, "A-1")
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(Tag.STUDY_DESCRIPTION, Vr.LO, "Head")
        .text(Tag.PATIENT_NAME, Vr.PN, "Fiction^Zoë=虚構^ゾエ")
        .text(Tag.PATIENT_ID, Vr.LO, "ID-1")
        .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19700101")
        .text(Tag.PATIENT_SEX, Vr.CS, "F")
        .uid(Tag.STUDY_INSTANCE_UID, STUDY)
        .uid(Tag.SERIES_INSTANCE_UID, SERIES)
        .text(Tag.SERIES_NUMBER, Vr.IS, "7")
        .text(Tag.INSTANCE_NUMBER, Vr.IS, "1");
  }

  /// Sixteen bits a point, counting up from `first`.
  static DataSet.Builder pixels(DataSet.Builder made, int frames, int first) {
    byte[] value = new byte[2 * ROWS * COLUMNS * frames];
    for (int i = 0; i < value.length / 2; i++) {
      value[2 * i] = (byte) (first + i);
      value[2 * i + 1] = (byte) ((first + i) >> 8);
    }
    return image(made, 16)
        .text(Tag.NUMBER_OF_FRAMES, Vr.IS, "" + frames)
        .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, value));
  }

  static DataSet.Builder image(DataSet.Builder made, int bits) {
    return made.us(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
        .us(Tag.ROWS, ROWS)
        .us(Tag.COLUMNS, COLUMNS)
        .us(Tag.BITS_ALLOCATED, bits)
        .us(Tag.BITS_STORED, bits)
        .us(Tag.PIXEL_REPRESENTATION, 0);
  }

  static DataSet with(String sopInstance, Consumer<DataSet.Builder> more) {
    DataSet.Builder made = ct(sopInstance);
    more.accept(made);
    return pixels(made, 1, 0).build();
  }

  static byte[] encode(DataSet dataSet, TransferSyntax syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new DataSetWriter(out, syntax).write(dataSet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// A file of PS3.10.
  static byte[] file(DataSet dataSet, TransferSyntax syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        PartTen.header(
            dataSet.uid(Tag.SOP_CLASS_UID).orElse(CT),
            dataSet.uid(Tag.SOP_INSTANCE_UID).orElse(new Uid("2.25.9")),
            syntax.uid()));
    out.writeBytes(encode(dataSet, syntax));
    return out.toByteArray();
  }

  static byte[] file(DataSet dataSet) {
    return file(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
  }
}
