package leadglass.app.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import leadglass.archive.KeyHome.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A token in software, SoftHSM 2; skipped where it is not installed.
class TokenSealTest {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"));
  private static final String PIN = "482193";

  @TempDir private Path folder;

  private String run(String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", "");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    int exit = builder.start().waitFor();
    String text = Files.readString(said);
    assertThat(exit).as(command[0] + ": " + text).isZero();
    return text;
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private Path configuration(String label, Path library) throws IOException {
    Files.writeString(folder.resolve("pin"), PIN + "\n");
    return Files.writeString(
        folder.resolve(label + ".toml"),
        "library = \"%s\"\nslot-list-index = 0\nkey = \"%s\"\npin-file = \"%s\"\n"
            .formatted(library, label, folder.resolve("pin")));
  }

  private void make(String label, String... how) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java("keytool")));
    command.addAll(List.of(how));
    command.addAll(List.of("-alias", label, "-keystore", "NONE", "-storetype", "PKCS11"));
    command.addAll(List.of("-storepass", PIN, "-addprovider", "SunPKCS11"));
    command.addAll(List.of("-providerarg", folder.resolve("provider").toString()));
    run(command.toArray(String[]::new));
  }

  @Test
  void keysOfATokenSealTheMasterKeyAndTellDamage() throws Exception {
    Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(Path.of("/none"));
    assumeThat(library).as("softhsm2 is not installed").exists();
    Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = " + folder.resolve("tokens") + "\nobjectstore.backend = file\n");
    Files.writeString(
        folder.resolve("provider"), "name = made\nlibrary = " + library + "\nslotListIndex = 0\n");
    run("softhsm2-util", "--init-token", "--free", "--label", "t", "--pin", PIN, "--so-pin", PIN);
    make("aes", "-genseckey", "-keyalg", "AES", "-keysize", "256");
    make("rsa", "-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=leadglass");

    String said =
        run(
            java("java"),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            TokenRound.class.getName(),
            configuration("aes", library).toString(),
            configuration("rsa", library).toString());

    assertThat(said.lines().filter(line -> !line.startsWith("WARNING")))
        .containsExactly("opened", "damage refused", "opened", "damage refused");
  }

  @Test
  void aTokenThatIsNotThereIsSaid() throws IOException {
    Path configuration = configuration("aes", folder.resolve("no-library.so"));

    assertThatThrownBy(() -> TokenSeal.open(new KeyPlace.Token(configuration), Secrets.none()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("plugged in");
  }
}
