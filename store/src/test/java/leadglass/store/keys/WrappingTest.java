package leadglass.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.Test;

/// Wrapped keys and tags; docs/formats/keys.md has the same vectors.
class WrappingTest {
  private static final SecretBytes KEY =
      new SecretBytes(
          HexFormat.of()
              .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

  /// nonce, ciphertext, tag
  private static final String WRAPPED_ROOT =
      "000102030405060708090a0b"
          + "30ead4103e52979c423c4efb4fb4458f256c79b9080926fb19f00606efc80892"
          + "b558319aa2f3b477b3f21e8b5f6f3e08";

  @Test
  void aRootIsWrappedAsTheFormatSays() throws Seal.BrokenException {
    byte[] root = new byte[32];
    Arrays.fill(root, (byte) 0xaa);
    byte[] wrapped = HexFormat.of().parseHex(WRAPPED_ROOT);

    assertThat(Wrapping.openRoot(KEY, wrapped).copy()).isEqualTo(root);
    wrapped[20] ^= 1;
    assertThatThrownBy(() -> Wrapping.openRoot(KEY, wrapped))
        .isInstanceOf(Seal.BrokenException.class);
  }

  @Test
  void whatStandsInClearIsTaggedAsTheFormatSays() {
    byte[] tag = Wrapping.studyTag(Wrapping.tagging(KEY), same(0), same(0x11), true, same(0x22));

    assertThat(HexFormat.of().formatHex(tag)).isEqualTo("72719f7389745f5b96445bcc66b27702");
    assertThat(tag)
        .isNotEqualTo(
            Wrapping.studyTag(Wrapping.tagging(KEY), same(0), same(0x11), false, same(0x22)));
  }

  private static byte[] same(int value) {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
