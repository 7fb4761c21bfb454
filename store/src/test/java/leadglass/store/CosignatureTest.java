package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cosignatures as C2SP tlog-cosignature has them.
class CosignatureTest {
  private static final String NOTE =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      """;

  @Test
  void theLineIsWhatTheSpecificationSays(@TempDir Path folder) throws Exception {
    MasterKey key = MasterKey.open(folder.resolve("master.key"), true);
    try (Store store = Stores.open(folder.resolve("data"), key, Clock.systemUTC(), _ -> {})) {
      String[] parts = store.trail().cosign(NOTE, 1_679_315_147).strip().split(" ");
      String[] vkey = store.trail().cosigningKey().split("\\+", 3);
      byte[] typed = Base64.getDecoder().decode(vkey[2]);
      assertThat(parts).hasSize(3);
      assertThat(parts[0]).isEqualTo("\u2014");
      assertThat(parts[1]).isEqualTo(vkey[0]);
      assertThat(typed).hasSize(33).startsWith(4);

      byte[] named = (vkey[0] + "\n").getBytes(UTF_8);
      byte[] hashed = ByteBuffer.allocate(named.length + 33).put(named).put(typed).array();
      byte[] id = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(hashed), 4);
      byte[] signed = Base64.getDecoder().decode(parts[2]);
      assertThat(signed).hasSize(4 + 8 + 64).startsWith(id);
      assertThat(vkey[1]).isEqualTo(HexFormat.of().formatHex(id));
      assertThat(ByteBuffer.wrap(signed, 4, 8).getLong()).isEqualTo(1_679_315_147);

      byte[] x509 = HexFormat.of().parseHex("302a300506032b6570032100");
      byte[] encoded = ByteBuffer.allocate(44).put(x509).put(typed, 1, 32).array();
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(
          """
          cosignature/v1
          time 1679315147
          example.com/behind-the-sofa
          20852163
          CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
          """
              .getBytes(UTF_8));
      assertThat(check.verify(Arrays.copyOfRange(signed, 12, signed.length))).isTrue();
    }
  }

  @Test
  void aNoteWithACosignatureIsReadAndOneThatWasBentIsNot(@TempDir Path folder) throws IOException {
    MasterKey key = MasterKey.open(folder.resolve("master.key"), true);
    try (Store store = Stores.open(folder.resolve("data"), key, Clock.systemUTC(), _ -> {})) {
      List<String> keys = List.of(store.trail().cosigningKey());
      String whole = NOTE + store.trail().cosign(NOTE, 1_679_315_147);
      assertThat(CheckpointNote.read(whole, keys)).isPresent();
      assertThat(CheckpointNote.read(NOTE, keys)).isEmpty();
      assertThat(CheckpointNote.read(whole.replace("20852163", "20852164"), keys)).isEmpty();
      assertThat(store.trail().keys()).doesNotContain(keys.getFirst());
      assertThat(CheckpointNote.trail(keys)).isEmpty();
      assertThat(CheckpointNote.trail(store.trail().keys())).isPresent();
      assertThat(store.trail().cosigningKey()).isEqualTo(keys.getFirst());
    }
  }
}
