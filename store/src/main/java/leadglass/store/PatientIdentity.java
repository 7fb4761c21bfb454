package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The patient a study was moved to.
///
/// @param ref whose key wraps the study's
/// @param attributes patient level attributes that take the place of those it was filed with, an
///   encoded data set; opaque here
/// @param names the study is found by from now on
/// @param birthDate likewise
/// @param sex likewise
public record PatientIdentity(
    PatientRef ref, byte[] attributes, List<String> names, String birthDate, String sex) {
  private static final int NAMES_MAX = 64;

  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(1);
      write(out, ref.issuer().getBytes(UTF_8));
      write(out, ref.id().getBytes(UTF_8));
      write(out, attributes);
      out.writeInt(names.size());
      for (String name : names) {
        write(out, name.getBytes(UTF_8));
      }
      write(out, birthDate.getBytes(UTF_8));
      write(out, sex.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /// @throws IOException if it is not what [#encode] makes
  public static PatientIdentity decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readByte() != 1) {
      throw new IOException("a patient of a newer version");
    }
    PatientRef ref = new PatientRef(text(in), text(in));
    byte[] attributes = read(in);
    int count = in.readInt();
    if (count < 0 || count > NAMES_MAX) {
      throw new IOException("not a patient");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(text(in));
    }
    return new PatientIdentity(ref, attributes, List.copyOf(names), text(in), text(in));
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(read(in), UTF_8);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("not a patient");
    }
    return in.readNBytes(length);
  }

  @Override
  public String toString() {
    return "PatientIdentity[]";
  }
}
