package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What has to be seen to, and who hears of it.
class ConcernTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static Safekeeping.Last last(Optional<Long> backup, Optional<Long> rehearsed) {
    return new Safekeeping.Last(backup, false, Optional.empty(), rehearsed, true, 100 * DAY);
  }

  @Test
  void aBackupElsewhereThatWasRehearsedIsNoConcern() {
    assertThat(last(Optional.of(93 * DAY), Optional.of(10 * DAY)).concerns()).isEmpty();
  }

  @Test
  void eachThingThatIsAmissIsNamed() {
    Optional<Long> now = Optional.of(100 * DAY);
    assertThat(last(Optional.empty(), now).concerns()).containsExactly(Concern.NO_BACKUP);
    assertThat(last(Optional.of(93 * DAY - 1), now).concerns()).containsExactly(Concern.BACKUP_OLD);
    assertThat(last(now, Optional.empty()).concerns()).containsExactly(Concern.NEVER_REHEARSED);
    assertThat(last(now, Optional.of(10 * DAY - 1)).concerns())
        .containsExactly(Concern.REHEARSAL_OLD);
    assertThat(new Safekeeping.Last(Optional.empty(), false, now, now, false, 100 * DAY).concerns())
        .containsExactly(Concern.BACKUP_ON_SAME_DEVICE, Concern.REHEARSAL_FAILED);
    assertThat(new Safekeeping.Last(now, true, Optional.empty(), now, true, 100 * DAY).concerns())
        .containsExactly(Concern.BACKUP_DESTROYABLE);
    assertThat(Status.concerns(last(now, now), true)).containsExactly(Concern.STOLEN_DISK_READABLE);
  }

  @Test
  void anAdministratorIsToldInWhateverHatAndNobodyElse(@TempDir Path folder) throws IOException {
    try (OpenArchive open = OpenArchive.in(folder)) {
      Caller reading =
          new Caller.Person(
              "sam", Role.RADIOLOGIST, Set.of(Role.RADIOLOGIST, Role.ADMINISTRATOR), Ward.PAGE);
      assertThat(open.archive.concerns(Ward.ADMINISTRATOR))
          .startsWith(Concern.NO_BACKUP)
          .contains(Concern.NEVER_REHEARSED)
          .isEqualTo(open.archive.concerns(reading))
          .isEqualTo(open.archive.concerns(Ward.CONSOLE));
      assertThat(open.archive.concerns(Ward.RADIOLOGIST)).isEmpty();
      assertThat(open.archive.concerns(new Caller.Stranger(Ward.PAGE))).isEmpty();
      assertThat(open.archive.safekeeping().copies(Ward.ADMINISTRATOR).orElseThrow().backups())
          .isEmpty();
      assertThat(open.archive.safekeeping().copies(reading)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "beside, FILE",
    "file:/media/key/leadglass.key, FILE",
    "passphrase, PASSPHRASE",
    "pkcs11:/etc/token.toml, TOKEN",
    "kms:aws-kms://arn:aws:kms:eu-central-1:111122223333:key/7, SERVICE"
  })
  void thePlaceOfAKeySaysWhatHoldsIt(String words, KeyCustody.Kind kind) {
    assertThat(KeyCustody.Kind.of(words)).isEqualTo(kind);
  }
}
