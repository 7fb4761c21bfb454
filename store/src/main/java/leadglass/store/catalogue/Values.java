package leadglass.store.catalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import leadglass.dicom.data.Uid;
import leadglass.store.Filing;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Trailer;
import leadglass.store.seal.Padding;
import leadglass.store.seal.Seal;

/// The sealed values of the catalogue's rows, to bytes and back; docs/formats/index.md. Each is
/// bound to its kind and hash: a value moved to another row does not open.
final class Values {
  private static final byte STUDY = 1;
  private static final byte SERIES = 2;
  private static final byte INSTANCE = 3;

  private Values() {}

  /// Of a series' row.
  record SeriesValue(Uid study, Uid series, byte[] attributes) {}

  /// Of an instance's row.
  record InstanceValue(
      Uid sopInstance, Uid sopClass, Uid transferSyntax, long dataSetBytes, byte[] attributes) {}

  /// Writes to memory, which does not fail.
  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] seal(StudyKey key, byte kind, byte[] hash, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(1); // version
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int multiple = kind == STUDY ? Padding.NAMING_BYTES : Padding.VALUE_BYTES;
    byte[] plain = Padding.padded(bytes.toByteArray(), multiple);
    return Seal.seal(key.rows(), about(kind, hash), plain);
  }

  private static DataInputStream open(StudyKey key, byte kind, byte[] hash, byte[] sealed)
      throws IOException {
    try {
      byte[] plain = Seal.open(key.rows(), about(kind, hash), sealed);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
      if (in.readByte() != 1) {
        throw new IOException("a row of a newer version");
      }
      return in;
    } catch (Seal.BrokenException e) {
      throw new IOException("a row of the catalogue is damaged", e);
    }
  }

  private static byte[] about(byte kind, byte[] hash) {
    return ByteBuffer.allocate(1 + hash.length).put(kind).put(hash).array();
  }

  static byte[] seal(StudyKey key, StudyValue value) {
    return seal(
        key,
        STUDY,
        key.study(),
        out -> {
          out.writeUTF(value.study().value());
          writeBytes(out, value.attributes());
          Trailer.writeTerms(out, value.terms());
          out.writeInt(value.sopClasses().size());
          for (String each : value.sopClasses()) {
            out.writeUTF(each);
          }
        });
  }

  static StudyValue study(StudyKey key, byte[] sealed) throws IOException {
    DataInputStream in = open(key, STUDY, key.study(), sealed);
    Uid study = new Uid(in.readUTF());
    byte[] attributes = readBytes(in);
    var terms = Trailer.readTerms(in);
    List<String> sopClasses = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      sopClasses.add(in.readUTF());
    }
    return new StudyValue(study, attributes, terms, List.copyOf(sopClasses));
  }

  static byte[] sealSeries(StudyKey key, byte[] hash, Filing filing) {
    return seal(
        key,
        SERIES,
        hash,
        out -> {
          out.writeUTF(filing.study().value());
          out.writeUTF(filing.series().value());
          writeBytes(out, filing.seriesAttributes());
        });
  }

  static SeriesValue series(StudyKey key, byte[] hash, byte[] sealed) throws IOException {
    DataInputStream in = open(key, SERIES, hash, sealed);
    return new SeriesValue(new Uid(in.readUTF()), new Uid(in.readUTF()), readBytes(in));
  }

  static byte[] sealInstance(StudyKey key, byte[] hash, Filing filing, long dataSetBytes) {
    return seal(
        key,
        INSTANCE,
        hash,
        out -> {
          out.writeUTF(filing.sopInstance().value());
          out.writeUTF(filing.sopClass().value());
          out.writeUTF(filing.transferSyntax().value());
          out.writeLong(dataSetBytes);
          writeBytes(out, filing.instanceAttributes());
        });
  }

  static InstanceValue instance(StudyKey key, byte[] hash, byte[] sealed) throws IOException {
    DataInputStream in = open(key, INSTANCE, hash, sealed);
    return new InstanceValue(
        new Uid(in.readUTF()),
        new Uid(in.readUTF()),
        new Uid(in.readUTF()),
        in.readLong(),
        readBytes(in));
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a row of the catalogue is damaged");
    }
    return in.readNBytes(length);
  }
}
