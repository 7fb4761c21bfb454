package leadglass.app.demo;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.PartTen;

/// Studies of a computed body, as files of PS3.10: a CT and an MR of invented patients. Fresh UIDs
/// each time.
final class PhantomStudies {
  private static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  private static final Uid MR = new Uid("1.2.840.10008.5.1.4.1.1.4");
  private static final double FIELD_OF_VIEW_MM = 264;
  private static final double HEIGHT_MM = 240;

  /// Slices reach this far up and down the body: every one of them shows something.
  private static final double REACH = 0.8;

  private final LocalDateTime now;

  /// @param now when the studies were made, so that they stand in the day's list
  PhantomStudies(LocalDateTime now) {
    this.now = now;
  }

  /// Takes file by file.
  interface Taker {
    void take(byte[] file) throws IOException;
  }

  /// What a series is of.
  private record Series(
      Uid sopClass,
      String modality,
      String name,
      String id,
      String sex,
      String born,
      String study,
      String description,
      int slices,
      Uid studyUid,
      Uid seriesUid,
      Uid frameOfReference) {}

  void makeEach(Taker taker) throws IOException {
    each(
        new Series(
            CT,
            "CT",
            "Phantom^Ada",
            "DEMO-0001",
            "F",
            "19610412",
            "CT head, synthetic phantom",
            "Axial 3 mm",
            64,
            uid(),
            uid(),
            uid()),
        taker);
    each(
        new Series(
            MR,
            "MR",
            "Phantom^Bo",
            "DEMO-0002",
            "M",
            "19740930",
            "MR head, synthetic phantom",
            "Axial T1-like 6 mm",
            32,
            uid(),
            uid(),
            uid()),
        taker);
  }

  private void each(Series series, Taker taker) throws IOException {
    for (int number = 1; number <= series.slices(); number++) {
      taker.take(file(series, number));
    }
  }

  private byte[] file(Series series, int number) {
    Uid instance = uid();
    byte[] header =
        PartTen.header(series.sopClass(), instance, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid());
    byte[] dataSet = DataSets.encode(dataSet(series, instance, number));
    return ByteBuffer.allocate(header.length + dataSet.length).put(header).put(dataSet).array();
  }

  private DataSet dataSet(Series series, Uid instance, int number) {
    double z = REACH * (2 * (number - 0.5) / series.slices() - 1);
    DataSet.Builder made = DataSet.builder().utf8();
    identify(made, series, instance);
    made.text(Tag.INSTANCE_NUMBER, Vr.IS, "" + number);
    place(made, series, z);
    byte[] pixels = Phantom.slice(z);
    if (series.modality().equals("CT")) {
      made.text(0x00281052, Vr.DS, "-1024").text(0x00281053, Vr.DS, "1");
      made.text(0x00281054, Vr.LO, "HU")
          .text(0x00281050, Vr.DS, "40")
          .text(0x00281051, Vr.DS, "100");
      made.text(0x00180060, Vr.DS, "120");
    } else {
      weighT1(pixels);
      made.text(0x00281050, Vr.DS, "400").text(0x00281051, Vr.DS, "800");
      made.text(0x00180020, Vr.CS, "SE")
          .text(0x00180080, Vr.DS, "500")
          .text(0x00180081, Vr.DS, "12");
    }
    return made.add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, pixels)).build();
  }

  private void identify(DataSet.Builder made, Series series, Uid instance) {
    String date = now.format(DateTimeFormatter.BASIC_ISO_DATE);
    String time = now.format(DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT));
    made.text(0x00080008, Vr.CS, "DERIVED", "PRIMARY", "AXIAL");
    made.uid(Tag.SOP_CLASS_UID, series.sopClass()).uid(Tag.SOP_INSTANCE_UID, instance);
    made.text(Tag.STUDY_DATE, Vr.DA, date).text(Tag.SERIES_DATE, Vr.DA, date);
    made.text(Tag.CONTENT_DATE, Vr.DA, date).text(Tag.STUDY_TIME, Vr.TM, time);
    made.text(Tag.SERIES_TIME, Vr.TM, time).text(Tag.CONTENT_TIME, Vr.TM, time);
    made.text(Tag.ACCESSION_NUMBER, Vr.SH, series.id() + "-A")
        .text(Tag.MODALITY, Vr.CS, series.modality());
    made.text(Tag.MANUFACTURER, Vr.LO, "Leadglass demo");
    made.text(Tag.REFERRING_PHYSICIAN_NAME, Vr.PN, "Nobody^Noel");
    made.text(Tag.STUDY_DESCRIPTION, Vr.LO, series.study());
    made.text(Tag.SERIES_DESCRIPTION, Vr.LO, series.description());
    made.text(Tag.PATIENT_NAME, Vr.PN, series.name()).text(Tag.PATIENT_ID, Vr.LO, series.id());
    made.text(Tag.PATIENT_BIRTH_DATE, Vr.DA, series.born())
        .text(Tag.PATIENT_SEX, Vr.CS, series.sex());
    made.text(Tag.BODY_PART_EXAMINED, Vr.CS, "HEAD");
    made.uid(Tag.STUDY_INSTANCE_UID, series.studyUid())
        .uid(Tag.SERIES_INSTANCE_UID, series.seriesUid());
    made.text(Tag.STUDY_ID, Vr.SH, "1").text(Tag.SERIES_NUMBER, Vr.IS, "1");
    made.uid(0x00200052, series.frameOfReference()).text(0x00201040, Vr.LO, "");
  }

  private static void place(DataSet.Builder made, Series series, double z) {
    String spacing = String.format(Locale.ROOT, "%.5f", FIELD_OF_VIEW_MM / Phantom.SIDE);
    String thickness = String.format(Locale.ROOT, "%.3f", REACH * HEIGHT_MM / series.slices());
    String corner =
        String.format(
            Locale.ROOT, "%.4f", -FIELD_OF_VIEW_MM / 2 + FIELD_OF_VIEW_MM / Phantom.SIDE / 2);
    String height = String.format(Locale.ROOT, "%.3f", z * HEIGHT_MM / 2);
    made.text(0x00185100, Vr.CS, "HFS").text(0x00180050, Vr.DS, thickness);
    made.text(0x00200032, Vr.DS, corner, corner, height);
    made.text(0x00200037, Vr.DS, "1", "0", "0", "0", "1", "0").text(0x00201041, Vr.DS, height);
    made.us(Tag.SAMPLES_PER_PIXEL, 1).text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2");
    made.us(Tag.ROWS, Phantom.SIDE).us(Tag.COLUMNS, Phantom.SIDE);
    made.text(0x00280030, Vr.DS, spacing, spacing);
    made.us(Tag.BITS_ALLOCATED, 16).us(Tag.BITS_STORED, 12).us(Tag.HIGH_BIT, 11);
    made.us(Tag.PIXEL_REPRESENTATION, 0);
  }

  /// Bone dark, fluid dark, brain bright: enough to look unlike the CT.
  private static void weighT1(byte[] pixels) {
    for (int at = 0; at < pixels.length; at += 2) {
      int hounsfield = ((pixels[at] & 0xFF) | ((pixels[at + 1] & 0xFF) << 8)) - 1024;
      int signal = hounsfield > 200 || hounsfield < -200 ? 20 : 220 + 9 * Math.max(0, hounsfield);
      pixels[at] = (byte) signal;
      pixels[at + 1] = (byte) (signal >> 8);
    }
  }

  /// Under 2.25, from a random UUID (PS3.5 §B.2).
  private static Uid uid() {
    UUID random = UUID.randomUUID();
    BigInteger number =
        new BigInteger(
            1,
            ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array());
    return new Uid("2.25." + number);
  }
}
