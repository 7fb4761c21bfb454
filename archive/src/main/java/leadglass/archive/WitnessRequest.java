package leadglass.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a trail asks of its witness (C2SP tlog-witness, add-checkpoint): to say that a new
/// checkpoint goes on from the one it saw before.
///
/// @param old entries of the checkpoint that the witness is thought to have; 0: none
/// @param proof that the tree of so many entries is the beginning of the new one (RFC 9162)
/// @param note the new checkpoint, a signed note
public record WitnessRequest(long old, List<byte[]> proof, String note) {

  /// A whole request is no longer than this.
  public static final int BYTES_MAX = 24 << 10;

  /// Hashes of a proof.
  public static final int PROOF_MAX = 63;

  private static final int HASH_BYTES = 32;
  private static final int HASH_CHARS = 44;
  private static final String OLD = "old ";

  public WitnessRequest {
    proof = List.copyOf(proof);
  }

  /// Reads the body of a request; empty if it breaks any rule of the form.
  public static Optional<WitnessRequest> parse(byte[] body) {
    return text(body).flatMap(WitnessRequest::parse);
  }

  /// Without control characters: what was kept is shown on a terminal.
  private static Optional<String> text(byte[] body) {
    if (body.length > BYTES_MAX) {
      return Optional.empty();
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      boolean plain = text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c));
      return plain ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static Optional<WitnessRequest> parse(String text) {
    int end = text.indexOf("\n\n");
    if (end < 0 || !text.startsWith(OLD)) {
      return Optional.empty();
    }
    String[] lines = text.substring(0, end).split("\n", PROOF_MAX + 2);
    String size = lines[0].substring(OLD.length());
    if (lines.length > PROOF_MAX + 1 || !size.matches("0|[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    List<byte[]> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      Optional<byte[]> hash = hash(lines[i]);
      if (hash.isEmpty()) {
        return Optional.empty();
      }
      proof.add(hash.get());
    }
    return Optional.of(new WitnessRequest(Long.parseLong(size), proof, text.substring(end + 2)));
  }

  private static Optional<byte[]> hash(String line) {
    if (line.length() != HASH_CHARS) {
      return Optional.empty();
    }
    try {
      byte[] hash = Base64.getDecoder().decode(line);
      return hash.length == HASH_BYTES ? Optional.of(hash) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The body of a request.
  public byte[] body() {
    StringBuilder body = new StringBuilder(OLD).append(old).append('\n');
    for (byte[] each : proof) {
      body.append(Base64.getEncoder().encodeToString(each)).append('\n');
    }
    return body.append('\n').append(note).toString().getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "WitnessRequest[" + old + ", " + proof.size() + " hashes]";
  }
}
