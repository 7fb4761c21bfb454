package leadglass.store.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Random;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.Test;

/// What signs heads is not what makes the keys and checks them.
class HeadSignatureTest {

  @Test
  void everySignatureIsTheOneTheJdkMakes() throws GeneralSecurityException {
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      byte[] audit = new byte[32];
      random.nextBytes(audit);
      TrailKeys keys = TrailKeys.of(new SecretBytes(audit));
      byte[] message = new byte[random.nextInt(200)];
      random.nextBytes(message);
      byte[] signature = keys.signed(message);
      assertThat(signature).isEqualTo(keys.signedByTheJdk(message));
      Signature checking = Signature.getInstance("Ed25519");
      checking.initVerify(keys.verifyingHeads());
      checking.update(message);
      assertThat(checking.verify(signature)).isTrue();
    }
  }
}
