package leadglass.survey.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What is signed of a file: what it is called, its hash, and how it came about. The text, a line
/// each, is described in docs/check.md.
///
/// @param file its name, without the folder
/// @param sha256 of its bytes, hexadecimal
/// @param at when the check was finished
/// @param probes hash of those that asked, or empty
public record Statement(
    String file, String sha256, Instant at, String tool, String probes, String vantage) {
  private static final String FIRST = "leadglass check signature 1";
  private static final List<String> NAMES =
      List.of(
          "file", "sha256", "at", "tool", "probes", "vantage", "key", "fingerprint", "signature");
  private static final int CHARS_MAX = 8192;

  public Statement {
    file = plain(file);
    tool = plain(tool);
    vantage = plain(vantage);
  }

  private static String plain(String words) {
    return words.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
  }

  /// @param bytes of the file
  public static Statement of(
      String file, byte[] bytes, Instant at, String tool, String probes, String vantage) {
    return new Statement(file, hash(bytes), at, tool, probes, vantage);
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(SigningKey.sha256(bytes));
  }

  /// The text that goes beside the file.
  public String signed(SigningKey key) {
    String text = text(key.verifying());
    String signature = Base64.getEncoder().encodeToString(key.sign(text.getBytes(UTF_8)));
    return text + "signature: " + signature + "\n";
  }

  /// All lines but the last: that is what is signed.
  private String text(PublicKey key) {
    List<String> values =
        List.of(
            file,
            sha256,
            at.toString(),
            tool,
            probes,
            vantage,
            Base64.getEncoder().encodeToString(key.getEncoded()),
            SigningKey.fingerprint(key));
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    for (int i = 0; i < values.size(); i++) {
      text.append(NAMES.get(i)).append(": ").append(values.get(i)).append('\n');
    }
    return text.toString();
  }

  /// What came of looking at a signature.
  public sealed interface Checked {
    /// File, statement and key belong together.
    ///
    /// @param fingerprint whose key it is, is not known by that
    record Holds(Statement statement, String fingerprint) implements Checked {}

    /// It is a signature, of another file.
    record OtherFile(Statement statement, String fingerprint) implements Checked {}

    /// The statement was changed, or another key made the signature.
    record Broken() implements Checked {}

    /// It is no signature of ours.
    record NoSignature() implements Checked {}
  }

  /// @param bytes of the file
  /// @param signature the text beside it
  public static Checked check(byte[] bytes, String signature) {
    Optional<List<String>> values = values(signature);
    if (values.isEmpty()) {
      return new Checked.NoSignature();
    }
    List<String> all = values.get();
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(decoded(all.get(6))));
      Statement statement =
          new Statement(
              all.get(0),
              all.get(1),
              Instant.parse(all.get(2)),
              all.get(3),
              all.get(4),
              all.get(5));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(statement.text(key).getBytes(UTF_8));
      boolean whole =
          signature.startsWith(statement.text(key)) && verifier.verify(decoded(all.get(8)));
      if (!whole) {
        return new Checked.Broken();
      }
      String fingerprint = SigningKey.fingerprint(key);
      return statement.sha256().equals(hash(bytes))
          ? new Checked.Holds(statement, fingerprint)
          : new Checked.OtherFile(statement, fingerprint);
    } catch (GeneralSecurityException | IllegalArgumentException | DateTimeException _) {
      return new Checked.Broken();
    }
  }

  /// Only as it is written here: the last character of another spelling has bits that mean nothing.
  private static byte[] decoded(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("another spelling");
    }
    return bytes;
  }

  private static Optional<List<String>> values(String text) {
    if (text.length() > CHARS_MAX || !text.endsWith("\n")) {
      return Optional.empty();
    }
    String[] lines = text.split("\n", -1);
    if (lines.length != NAMES.size() + 2 || !lines[0].equals(FIRST)) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      String start = NAMES.get(i) + ": ";
      if (!lines[i + 1].startsWith(start)) {
        return Optional.empty();
      }
      values.add(lines[i + 1].substring(start.length()));
    }
    return Optional.of(values);
  }
}
