package leadglass.archive;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Codes on paper that replace the second factor once each. 60 random bits; kept as salted hashes.
///
/// @param hashes of those not used yet
record RecoveryCodes(byte[] salt, List<byte[]> hashes) {
  static final int COUNT = 10;
  private static final int CHARS = 12;
  private static final int GROUP = 4;
  private static final int SALT_BYTES = 16;

  RecoveryCodes {
    hashes = List.copyOf(hashes);
  }

  /// Fresh codes, as they are shown.
  static List<String> fresh(SecureRandom random) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] bytes = new byte[CHARS];
      random.nextBytes(bytes);
      String code = Encodings.encode(bytes, Encodings.CROCKFORD).substring(0, CHARS);
      codes.add(Encodings.grouped(code, GROUP));
    }
    return codes;
  }

  static RecoveryCodes of(List<String> codes, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new RecoveryCodes(salt, codes.stream().map(code -> hash(salt, code)).toList());
  }

  static RecoveryCodes none() {
    return new RecoveryCodes(new byte[SALT_BYTES], List.of());
  }

  /// Which one `code` is; -1 if none. Takes the same time for each.
  int find(String code) {
    byte[] given = hash(salt, code);
    int found = -1;
    for (int i = 0; i < hashes.size(); i++) {
      if (MessageDigest.isEqual(hashes.get(i), given)) {
        found = i;
      }
    }
    return found;
  }

  RecoveryCodes without(int used) {
    List<byte[]> left = new ArrayList<>(hashes);
    left.remove(used);
    return new RecoveryCodes(salt, left);
  }

  private static byte[] hash(byte[] salt, String code) {
    return Encodings.sha256(salt, Encodings.utf8(Encodings.typed(code)));
  }

  @Override
  public String toString() {
    return "RecoveryCodes[" + hashes.size() + " left]";
  }
}
