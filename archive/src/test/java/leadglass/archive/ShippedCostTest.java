package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import leadglass.archive.Passwords.Verdict;
import org.junit.jupiter.api.Test;

/// The other tests of this room hash at a cost of their own.
class ShippedCostTest {
  private static final char[] PASSWORD = "gurkensalat und nebelhörner".toCharArray();

  @Test
  void whatIsShippedHashesWith64MibInThreePasses() throws Exception {
    Path classes =
        Path.of(Passwords.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (URLClassLoader shipped =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> passphrase = shipped.loadClass("leadglass.archive.Passphrase");
      assertThat(passphrase.getField("MEMORY_KIB").getInt(null)).isEqualTo(65_536);
      assertThat(passphrase.getField("PASSES").getInt(null)).isEqualTo(3);
    }
  }

  @Test
  void aPasswordIsCheckedAtThatCost() {
    Passwords passwords = new Passwords(new SecureRandom(), new Passwords.Cost(65_536, 3));
    PasswordHash hash = passwords.hash(PASSWORD).orElseThrow();
    assertThat(hash.memoryKib()).isEqualTo(65_536);
    assertThat(hash.passes()).isEqualTo(3);
    assertThat(hash.hash()).hasSize(32);
    assertThat(passwords.check(PASSWORD, hash)).isEqualTo(Verdict.RIGHT);
  }
}
