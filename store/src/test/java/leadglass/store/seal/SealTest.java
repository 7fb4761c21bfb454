package leadglass.store.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Seals, derived keys and keyed hashes; docs/formats has the same vectors.
class SealTest {
  private static final SecretBytes KEY =
      new SecretBytes(
          HexFormat.of()
              .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
  private static final byte[] RECORD = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void keysAreDerivedAsTheFormatSays() {
    assertThat(hex(Seal.derive(KEY, "wrap sites").copy()))
        .isEqualTo("e0decfb442a63548366fe57070635fb2bf68917b2a3fb82357891d20368aaa72");
  }

  @Test
  void identifiersAreHashedAsTheFormatSays() {
    assertThat(hex(Seal.hash(KEY, "study", "1.2.3"))).isEqualTo("37eaf9ad4ebbc83828ed9120c2fae276");
    assertThat(Seal.hash(KEY, "stud", "y1.2.3")).isNotEqualTo(Seal.hash(KEY, "study", "1.2.3"));
  }

  @Test
  void chunksAreSealedAsTheFormatSays() throws Seal.BrokenException {
    Chunks chunks = new Chunks(KEY, RECORD);
    byte[] sealed = new byte[3 + Chunks.TAG_BYTES];

    chunks.seal(0, true, "abc".getBytes(US_ASCII), 0, 3, sealed, 0);

    assertThat(hex(sealed)).isEqualTo("6fded6aed3b83d10c9687e63c0932b0ce0798e");
    byte[] plain = new byte[3];
    assertThat(chunks.open(0, true, sealed, sealed.length, plain)).isEqualTo(3);
    assertThat(plain).isEqualTo("abc".getBytes(US_ASCII));
    assertThatThrownBy(() -> chunks.open(0, false, sealed, sealed.length, plain))
        .isInstanceOf(Seal.BrokenException.class);
    assertThatThrownBy(() -> chunks.open(1, true, sealed, sealed.length, plain))
        .isInstanceOf(Seal.BrokenException.class);
    assertThatThrownBy(
            () -> new Chunks(KEY, new byte[16]).open(0, true, sealed, sealed.length, plain))
        .isInstanceOf(Seal.BrokenException.class);
  }

  @Test
  void aSealOpensForWhatItIsAboutAndForNothingElse() throws Seal.BrokenException {
    byte[] about = {1};
    byte[] sealed = Seal.seal(KEY, about, new byte[] {7, 8});

    assertThat(Seal.open(KEY, about, sealed)).containsExactly(7, 8);
    assertThat(Seal.seal(KEY, about, new byte[] {7, 8})).isNotEqualTo(sealed);
    assertThatThrownBy(() -> Seal.open(KEY, new byte[] {2}, sealed))
        .isInstanceOf(Seal.BrokenException.class);
    assertThatThrownBy(() -> Seal.open(KEY, about, new byte[27]))
        .isInstanceOf(Seal.BrokenException.class);
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> Seal.open(KEY, about, changed))
          .isInstanceOf(Seal.BrokenException.class);
    }
  }
}
