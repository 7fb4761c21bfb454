package leadglass.store.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import leadglass.dicom.data.Uid;
import leadglass.store.Filing;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import leadglass.store.StudyTerms;
import leadglass.store.seal.Padding;

/// What is sealed behind the chunks of an instance: everything of its [Filing] that the indexes are
/// made of, so that packs and key store alone rebuild them. docs/formats/pack.md.
public final class Trailer {
  private Trailer() {}

  /// A trailer that was opened.
  ///
  /// @param dataSetBytes length of the data set; what is sealed in the chunks may be longer
  record Opened(Filing filing, long dataSetBytes) {}

  /// @param dataSetBytes length of the data set
  public static byte[] encode(Filing filing, long dataSetBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(2);
      out.writeLong(dataSetBytes);
      out.writeUTF(filing.study().value());
      out.writeUTF(filing.series().value());
      out.writeUTF(filing.sopInstance().value());
      out.writeUTF(filing.sopClass().value());
      out.writeUTF(filing.transferSyntax().value());
      out.writeLong(filing.receivedMillis());
      writeText(out, filing.patient().issuer());
      writeText(out, filing.patient().id());
      writeBytes(out, filing.layout());
      writeBytes(out, filing.studyAttributes());
      writeBytes(out, filing.seriesAttributes());
      writeBytes(out, filing.instanceAttributes());
      writeTerms(out, filing.searchable());
      out.writeBoolean(filing.apart());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return Padding.padded(bytes.toByteArray(), Padding.NAMING_BYTES);
  }

  /// @param sealedBytes length of what is sealed in the chunks
  /// @throws IOException if it is not what [#encode] makes, now or in version 1
  static Opened decode(SiteId site, long sealedBytes, byte[] trailer) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(trailer))) {
      byte version = in.readByte();
      if (version != 1 && version != 2) {
        throw new IOException("a record of a newer version");
      }
      long dataSetBytes = version == 1 ? sealedBytes : in.readLong();
      if (dataSetBytes < 0
          || dataSetBytes > sealedBytes
          || dataSetBytes <= sealedBytes - Padding.DATA_SET_BYTES) {
        throw new IOException("a record that is not what it should be");
      }
      Uid study = new Uid(in.readUTF());
      Uid series = new Uid(in.readUTF());
      Uid sopInstance = new Uid(in.readUTF());
      Uid sopClass = new Uid(in.readUTF());
      Uid transferSyntax = new Uid(in.readUTF());
      long received = in.readLong();
      PatientRef patient = new PatientRef(readText(in), readText(in));
      Filing filing =
          new Filing(
              site,
              patient,
              study,
              series,
              sopInstance,
              sopClass,
              transferSyntax,
              readBytes(in),
              readBytes(in),
              readBytes(in),
              readBytes(in),
              readTerms(in),
              received,
              List.of(),
              version > 1 && in.readBoolean());
      return new Opened(filing, dataSetBytes);
    }
  }

  /// What [#encode] made.
  ///
  /// @param dataSetBytes length of the data set, which is known from elsewhere too
  /// @throws IOException if it is not
  public static Filing filing(SiteId site, long dataSetBytes, byte[] trailer) throws IOException {
    return decode(site, Padding.up(dataSetBytes, Padding.DATA_SET_BYTES), trailer).filing();
  }

  public static void writeTerms(DataOutputStream out, StudyTerms terms) throws IOException {
    writeTexts(out, terms.patientNames());
    writeText(out, terms.patientId());
    writeText(out, terms.issuer());
    writeText(out, terms.birthDate());
    writeText(out, terms.sex());
    writeText(out, terms.studyDate());
    writeText(out, terms.studyTime());
    writeText(out, terms.accessionNumber());
    writeText(out, terms.studyId());
    writeText(out, terms.description());
    writeTexts(out, terms.referrers());
    writeTexts(out, terms.modalities());
  }

  public static StudyTerms readTerms(DataInputStream in) throws IOException {
    return new StudyTerms(
        readTexts(in),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        readText(in),
        readTexts(in),
        readTexts(in));
  }

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(out, text);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / Integer.BYTES) {
      throw new IOException("a record that is not what it should be");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return List.copyOf(texts);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(UTF_8));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), UTF_8);
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a record that is not what it should be");
    }
    return in.readNBytes(length);
  }
}
