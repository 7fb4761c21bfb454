package leadglass.store.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HexFormat;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Which key wraps which, and what for; docs/formats/keys.md.
final class Wrapping {
  static final String ROOT = "root";
  static final String AUDIT = "audit";
  static final String OBEYED = "obeyed";

  private static final String PURPOSE = "wrap root";

  private Wrapping() {}

  static byte[] about(String kind) {
    return kind.getBytes(US_ASCII);
  }

  static byte[] about(String kind, byte[] id) {
    return about(kind + " " + hex(id));
  }

  static byte[] root(SecretBytes master, SecretBytes root) {
    return Seal.seal(Seal.derive(master, PURPOSE), about("root " + ROOT), root.copy());
  }

  static SecretBytes openRoot(SecretBytes master, byte[] wrapped) throws Seal.BrokenException {
    return new SecretBytes(Seal.open(Seal.derive(master, PURPOSE), about("root " + ROOT), wrapped));
  }

  static byte[] audit(SecretBytes root, SecretBytes audit) {
    return Seal.seal(Seal.derive(root, PURPOSE), about("root " + AUDIT), audit.copy());
  }

  static SecretBytes openAudit(SecretBytes root, byte[] wrapped) throws Seal.BrokenException {
    return new SecretBytes(Seal.open(Seal.derive(root, PURPOSE), about("root " + AUDIT), wrapped));
  }

  /// Unwraps a site's, patient's or study's key.
  static SecretBytes open(SecretBytes parent, String kind, byte[] id, byte[] wrapped)
      throws Seal.BrokenException {
    return new SecretBytes(Seal.open(parent, about(kind, id), wrapped));
  }

  static byte[] seal(SecretBytes parent, String kind, byte[] id, SecretBytes key) {
    return Seal.seal(parent, about(kind, id), key.copy());
  }

  /// The key whose tags cover what stands in the tables in clear.
  static SecretBytes tagging(SecretBytes root) {
    return Seal.derive(root, "tag keys");
  }

  static byte[] patientTag(SecretBytes tagging, byte[] name, byte[] id, byte[] site) {
    return Seal.hash(tagging, "patient", hex(name), hex(id), hex(site));
  }

  static byte[] studyTag(
      SecretBytes tagging, byte[] name, byte[] id, boolean aside, byte[] patientName) {
    return Seal.hash(tagging, "study", hex(name), hex(id), aside ? "1" : "0", hex(patientName));
  }

  static boolean fits(SecretBytes tagging, KeyFile.Patient row) {
    return Arrays.equals(row.tag(), patientTag(tagging, row.name(), row.id(), row.parent()));
  }

  static boolean fits(SecretBytes tagging, KeyFile.Study row) {
    byte[] tag = studyTag(tagging, row.name(), row.id(), row.aside(), row.patientName());
    return Arrays.equals(row.tag(), tag);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
