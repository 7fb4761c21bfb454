package leadglass.app.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.app.Failure;
import leadglass.app.Home;
import leadglass.app.config.S3Config;
import leadglass.archive.Archive;
import leadglass.archive.Brakes;
import leadglass.archive.KeyChoice;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.archive.Origin;
import leadglass.archive.SetUp;
import leadglass.store.MasterKey;
import leadglass.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  private static final String WORDS = "violet tractor umbrella heron";
  private static final Services NONE =
      new Services(Optional.empty(), Optional.empty(), Clock.systemUTC());

  @TempDir private Path folder;

  /// Somebody who types the same again and again.
  private static Secrets typing(String words) {
    return new Secrets() {
      @Override
      public char[] passphrase(boolean fresh) {
        return words.toCharArray();
      }

      @Override
      public char[] pin(String token) {
        return words.toCharArray();
      }
    };
  }

  private static Home home(Path at, String words, Optional<KeyPlace> madeAt) {
    return new Home(
        at.resolve("data"),
        Optional.empty(),
        typing(words),
        NONE,
        madeAt,
        S3Config.defaults(),
        Brakes.Limits.USUAL);
  }

  private static void opens(Path at, String words) throws Failure, IOException {
    home(at, words, Optional.empty()).open(_ -> {}).close();
  }

  private static Keyring ring(Path at, String words) {
    return home(at, words, Optional.empty()).keyring();
  }

  /// What a program that is killed now leaves behind.
  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /// Seals an archive that is closed by a key, as the open one does.
  private static void seal(Path at, String words, MasterKey fresh) throws IOException {
    try (var store =
        Stores.open(at.resolve("data"), ring(at, words).open(), Clock.systemUTC(), _ -> {})) {
      store.rekey(fresh);
    } catch (RefusedException | Failure e) {
      throw new IOException(e);
    }
  }

  @Test
  void aNewArchivesKeyLiesBesideIt() throws Exception {
    Path at = Files.createDirectory(folder.resolve("at"));
    opens(at, "");
    assertThat(names(at)).containsExactly("data", "data.key");
    assertThat(ring(at, "").place()).isEqualTo(new KeyPlace.Beside());
    opens(at, "");
  }

  @Test
  void aChangeThatIsKilledAnywhereLeavesAnArchiveThatOpens() throws Exception {
    Path at = Files.createDirectory(folder.resolve("at"));
    opens(at, WORDS);
    for (String where : List.of("", "passphrase", "beside", "passphrase")) {
      Path before = folder.resolve("before " + where + names(folder).size());
      Path after = folder.resolve("after " + where + names(folder).size());
      byte[] fresh = MasterKey.fresh();

      ring(at, WORDS)
          .replace(
              where,
              where.equals("passphrase") ? WORDS.toCharArray() : new char[0],
              fresh,
              key -> {
                copy(at, before);
                seal(at, WORDS, key);
                copy(at, after);
              });

      for (Path killed : List.of(before, after, at)) {
        opens(killed, WORDS);
        opens(killed, WORDS);
        assertThat(names(killed.resolve("data").resolve("keys"))).doesNotContain("place.new");
        assertThat(names(killed)).noneMatch(name -> name.endsWith(".new"));
      }
      assertThat(Stores.opens(at.resolve("data"), fresh)).isTrue();
      assertThat(Stores.opens(after.resolve("data"), fresh)).isTrue();
      assertThat(Stores.opens(before.resolve("data"), fresh)).isFalse();
      assertThat(names(at))
          .isEqualTo(where.equals("passphrase") ? List.of("data") : List.of("data", "data.key"));
    }
  }

  @Test
  void aRefusedPlaceChangesNothing() throws Exception {
    Path at = Files.createDirectory(folder.resolve("at"));
    opens(at, "");
    Keyring ring = ring(at, "");
    for (String where :
        List.of(
            "somewhere",
            "file:",
            "file:" + folder.resolve("no stick/key"),
            "file:" + at.resolve("data/key"),
            "pkcs11:" + folder.resolve("none.toml"),
            "kms:aws-kms://arn:aws:kms:eu-central-1:000000000000:key/x",
            "kms:gcp-kms://x")) {
      assertThatThrownBy(() -> ring.replace(where, new char[0], MasterKey.fresh(), _ -> {}))
          .as(where)
          .isInstanceOf(RefusedException.class);
    }
    assertThatThrownBy(
            () -> ring.replace("passphrase", "short".toCharArray(), MasterKey.fresh(), _ -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("20 characters");
    assertThat(names(at)).containsExactly("data", "data.key");
    opens(at, "");
  }

  @Test
  void underAPassphraseTheKeyStandsOnNoDisk() throws Exception {
    Path at = Files.createDirectory(folder.resolve("at"));
    Home home = home(at, WORDS, Optional.of(new KeyPlace.Passphrase()));
    byte[] key;
    try (Archive archive = home.open(_ -> {})) {
      assertThat(archive.setUp().done()).isFalse();
      key = home.keyring().open().forRecoverySheet();
    }
    try (Stream<Path> all = Files.walk(at)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String bytes = HexFormat.of().formatHex(Files.readAllBytes(file));
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain(HexFormat.of().formatHex(key));
        assertThat(text).doesNotContain(HexFormat.of().formatHex(key)).doesNotContain(WORDS);
      }
    }
    opens(at, WORDS);
    assertThatThrownBy(() -> opens(at, "not the words it was"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not the passphrase");
    assertThatThrownBy(() -> new Home(at.resolve("data"), Optional.empty()).open(_ -> {}))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nobody is there");
  }

  @Test
  void whatIsWrittenOfAPlaceIsReadStrictly() throws Exception {
    Path file = folder.resolve("place");
    byte[] key = MasterKey.fresh();
    Laid laid = PassphraseSeal.seal(key, WORDS.toCharArray());
    laid.write(file);
    Laid read = Laid.read(file).orElseThrow();
    assertThat(PassphraseSeal.open(read, WORDS.toCharArray())).isEqualTo(key);
    assertThatThrownBy(() ->
            PassphraseSeal.open(
                read.with("argon2id", "2000000000 3 1 " + "00".repeat(16)), WORDS.toCharArray()))
        .isInstanceOf(IOException.class);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      byte[] opened;
      try {
        opened = PassphraseSeal.open(Laid.read(file).orElseThrow(), WORDS.toCharArray());
      } catch (IOException | RefusedException _) {
        continue;
      }
      assertThat(Arrays.equals(opened, key)).isTrue(); // such as a digit's case
    }
  }

  @Test
  void aConfiguredFileStaysWhereTheConfigurationSays() throws Exception {
    Path at = Files.createDirectory(folder.resolve("at"));
    Path configured = Files.createDirectory(folder.resolve("stick")).resolve("key");
    Home home = new Home(at.resolve("data"), Optional.of(configured));
    home.open(_ -> {}).close();

    assertThatThrownBy(
            () -> home.keyring().replace("beside", new char[0], MasterKey.fresh(), _ -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("leadglass.toml");
    assertThat(configured).exists();
  }

  @Test
  void setUpAsksWhereTheKeyShallLiveUntilItIsToldOfAPlaceAwayFromTheData() throws Exception {
    Path at = Files.createDirectory(folder.resolve("at"));
    Files.createDirectory(folder.resolve("same disk"));
    Origin here = new Origin(Origin.Door.PAGE, "127.0.0.1");
    try (Archive archive = home(at, WORDS, Optional.empty()).open(_ -> {})) {
      String code = archive.setUp().freshCode();
      String ticket = ((SetUp.Step.Begun) archive.setUp().begin(here, code)).ticket();
      assertThat(archive.custody().asks()).isTrue();
      assertThat(archive.layKey(here, ticket, new KeyChoice.OnThisDisk("yes")).orElseThrow())
          .contains(KeyChoice.SENTENCE);
      assertThat(archive.layKey(here, ticket, new KeyChoice.OnThisDisk(KeyChoice.SENTENCE)))
          .isEmpty();
      String path = folder.resolve("same disk/key").toString();
      assertThat(archive.layKey(here, ticket, new KeyChoice.InFile(path)).orElseThrow())
          .contains("on the disk with the data");
      archive.layKey(here, "not the ticket", new KeyChoice.UnderPassphrase(WORDS.toCharArray()));
      assertThat(Path.of(path)).exists();
      assertThat(archive.layKey(here, ticket, new KeyChoice.UnderPassphrase("short".toCharArray())))
          .isPresent();
      assertThat(archive.layKey(here, ticket, new KeyChoice.UnderPassphrase(WORDS.toCharArray())))
          .isEmpty();
      assertThat(Path.of(path)).doesNotExist();
      assertThat(archive.custody().asks()).isFalse();
    }
    opens(at, WORDS);
    assertThat(names(at)).containsExactly("data");
  }
}
