package leadglass.server.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;

/// Synthetic files, and multipart bodies around them.
final class TestFiles {
  static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  static final Uid ENCAPSULATED_PDF = new Uid("1.2.840.10008.5.1.4.1.1.104.1");
  static final String STUDY = "2.25.1001";
  static final String SERIES = "2.25.1002";
  static final String BOUNDARY = "a-boundary";

  private TestFiles() {}

  static DataSet.Builder instance(String study, String series, String instance, Uid sopClass) {
    return DataSet.builder()
        .utf8()
        .uid(Tag.SOP_CLASS_UID, sopClass)
        .uid(Tag.SOP_INSTANCE_UID, new Uid(instance))
        .text(Tag.STUDY_DATE, Vr.DA, "20260102")
        .text(Tag.STUDY_TIME, Vr.TM, "101112")
        .text(Tag.ACCESSION_NUMBER, Vr.SH, "A1")
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(Tag.STUDY_DESCRIPTION, Vr.LO, "Head")
        .text(Tag.PATIENT_NAME, Vr.PN, "Musterfrau^Érika")
        .text(Tag.PATIENT_ID, Vr.LO, "P-1")
        .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19700101")
        .text(Tag.PATIENT_SEX, Vr.CS, "F")
        .uid(Tag.STUDY_INSTANCE_UID, new Uid(study))
        .uid(Tag.SERIES_INSTANCE_UID, new Uid(series))
        .text(Tag.STUDY_ID, Vr.SH, "S1")
        .text(Tag.SERIES_NUMBER, Vr.IS, "3")
        .text(Tag.INSTANCE_NUMBER, Vr.IS, "1");
  }

  /// A CT image of two by two pixels in each of `frames` frames, the pixels counting up.
  static byte[] ct(String instance, int frames) {
    byte[] pixels = new byte[8 * frames];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return file(
        CT,
        instance,
        instance(STUDY, SERIES, instance, CT)
            .us(Tag.SAMPLES_PER_PIXEL, 1)
            .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
            .text(Tag.NUMBER_OF_FRAMES, Vr.IS, Integer.toString(frames))
            .us(Tag.ROWS, 2)
            .us(Tag.COLUMNS, 2)
            .us(Tag.BITS_ALLOCATED, 16)
            .us(Tag.BITS_STORED, 16)
            .us(Tag.HIGH_BIT, 15)
            .us(Tag.PIXEL_REPRESENTATION, 0)
            .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, pixels))
            .build());
  }

  /// A document that calls itself `mimeType`.
  static byte[] document(String instance, String mimeType, byte[] content) {
    return file(
        ENCAPSULATED_PDF,
        instance,
        instance(STUDY, SERIES, instance, ENCAPSULATED_PDF)
            .text(Tag.MIME_TYPE_OF_ENCAPSULATED_DOCUMENT, Vr.LO, mimeType)
            .add(new Element.Value(Tag.ENCAPSULATED_DOCUMENT, Vr.OB, content))
            .build());
  }

  static byte[] file(Uid sopClass, String instance, DataSet dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        PartTen.header(
            sopClass, new Uid(instance), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()));
    out.writeBytes(DataSets.encode(dataSet));
    return out.toByteArray();
  }

  static byte[] dataSet(byte[] file) throws IOException {
    try {
      return PartTen.read(new ByteArrayInputStream(file)).dataSet().readAllBytes();
    } catch (DicomException e) {
      throw new IOException(e);
    }
  }

  static byte[] multipart(byte[]... files) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] file : files) {
      ascii(body, "\r\n--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n");
      body.writeBytes(file);
    }
    ascii(body, "\r\n--" + BOUNDARY + "--\r\n");
    return body.toByteArray();
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  static final String MULTIPART =
      "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY;

  /// A part of an answer.
  record Got(String contentType, byte[] bytes) {}

  /// The parts of an answer.
  static List<Got> parts(java.net.http.HttpResponse<byte[]> response) throws IOException {
    MediaType type =
        MediaType.parse(response.headers().firstValue("Content-Type").orElse("")).orElseThrow();
    Multipart multipart =
        Multipart.of(
            new ByteArrayInputStream(response.body()), type.parameter("boundary").orElseThrow());
    List<Got> parts = new ArrayList<>();
    for (var part = multipart.next(); part.isPresent(); part = multipart.next()) {
      String partType = part.get().header("content-type").orElse("");
      parts.add(new Got(partType, part.get().bytes().readAllBytes()));
    }
    return parts;
  }
}
