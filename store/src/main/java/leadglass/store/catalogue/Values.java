package leadglass.store.catalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;
import leadglass.store.Filing;
import leadglass.store.PatientIdentity;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.catalogue.Cells.SeriesCells;
import leadglass.store.catalogue.Cells.StudyCells;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Trailer;
import leadglass.store.seal.Padding;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// The sealed values of the catalogue's rows, to bytes and back; docs/formats/index.md. Each is
/// bound to the cells of its row that never change: one moved to another row does not open.
final class Values {
  private static final byte VERSION = 2;

  private Values() {}

  /// The key that tags the rows of a study.
  static SecretBytes tagKey(StudyKey key) {
    return Seal.derive(key.rows(), "tag rows");
  }

  /// Of a series' row.
  record SeriesValue(Uid study, Uid series, byte[] attributes) {}

  /// Of an instance's row.
  ///
  /// @param trailer all it was filed with, of one kept apart; else empty
  record InstanceValue(
      Uid sopInstance,
      Uid sopClass,
      Uid transferSyntax,
      long dataSetBytes,
      byte[] attributes,
      byte[] trailer) {}

  /// Who put a study aside, and why.
  ///
  /// @param detail as in the event, sealed
  record AsideNote(byte[] event, String by, byte[] detail) {}

  /// Writes to memory, which does not fail.
  private interface Writing {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] seal(StudyKey key, byte[] about, Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writing.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int multiple =
        about.length > 0 && (about[0] == Cells.STUDY || about[0] == Cells.ASIDE)
            ? Padding.NAMING_BYTES
            : Padding.VALUE_BYTES;
    return Seal.seal(key.rows(), about, Padding.padded(bytes.toByteArray(), multiple));
  }

  private static DataInputStream open(StudyKey key, byte[] about, byte[] sealed)
      throws IOException {
    try {
      byte[] plain = Seal.open(key.rows(), about, sealed);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
      if (in.readByte() != VERSION) {
        throw new DamagedRowException();
      }
      return in;
    } catch (Seal.BrokenException _) {
      throw new DamagedRowException();
    }
  }

  static byte[] seal(StudyKey key, StudyCells cells, StudyValue value) {
    return seal(
        key,
        cells.about(),
        out -> {
          out.writeUTF(value.study().value());
          writeBytes(out, value.attributes());
          Trailer.writeTerms(out, value.filed());
          out.writeInt(value.sopClasses().size());
          for (String each : value.sopClasses()) {
            out.writeUTF(each);
          }
          writeBytes(out, value.moved().map(PatientIdentity::encode).orElse(new byte[0]));
        });
  }

  static StudyValue study(StudyKey key, StudyCells cells, byte[] sealed) throws IOException {
    DataInputStream in = open(key, cells.about(), sealed);
    Uid study = new Uid(in.readUTF());
    byte[] attributes = readBytes(in);
    var terms = Trailer.readTerms(in);
    List<String> sopClasses = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      sopClasses.add(in.readUTF());
    }
    byte[] moved = readBytes(in);
    Optional<PatientIdentity> patient =
        moved.length == 0 ? Optional.empty() : Optional.of(PatientIdentity.decode(moved));
    return new StudyValue(study, attributes, terms, List.copyOf(sopClasses), patient);
  }

  static byte[] sealAside(StudyKey key, StudyCells cells, AsideNote note) {
    return seal(
        key,
        cells.aboutAside(),
        out -> {
          out.write(note.event());
          out.writeUTF(note.by());
          writeBytes(out, note.detail());
        });
  }

  static AsideNote aside(StudyKey key, StudyCells cells, byte[] sealed) throws IOException {
    DataInputStream in = open(key, cells.aboutAside(), sealed);
    return new AsideNote(in.readNBytes(16), in.readUTF(), readBytes(in));
  }

  static byte[] sealSeries(StudyKey key, SeriesCells cells, Filing filing) {
    return seal(
        key,
        cells.about(),
        out -> {
          out.writeUTF(filing.study().value());
          out.writeUTF(filing.series().value());
          writeBytes(out, filing.seriesAttributes());
        });
  }

  static SeriesValue series(StudyKey key, SeriesCells cells, byte[] sealed) throws IOException {
    DataInputStream in = open(key, cells.about(), sealed);
    return new SeriesValue(new Uid(in.readUTF()), new Uid(in.readUTF()), readBytes(in));
  }

  static byte[] sealInstance(StudyKey key, InstanceCells cells, Filing filing, long dataSetBytes) {
    return seal(
        key,
        cells.about(),
        out -> {
          out.writeUTF(filing.sopInstance().value());
          out.writeUTF(filing.sopClass().value());
          out.writeUTF(filing.transferSyntax().value());
          out.writeLong(dataSetBytes);
          writeBytes(out, filing.instanceAttributes());
          writeBytes(out, filing.apart() ? Trailer.encode(filing, dataSetBytes) : new byte[0]);
        });
  }

  static InstanceValue instance(StudyKey key, InstanceCells cells, byte[] sealed)
      throws IOException {
    DataInputStream in = open(key, cells.about(), sealed);
    return new InstanceValue(
        new Uid(in.readUTF()),
        new Uid(in.readUTF()),
        new Uid(in.readUTF()),
        in.readLong(),
        readBytes(in),
        readBytes(in));
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new DamagedRowException();
    }
    return in.readNBytes(length);
  }
}
