package leadglass.app.s3;

import static leadglass.app.s3.BackupPlaceContract.all;
import static leadglass.app.s3.BackupPlaceContract.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.app.config.S3Config;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.Backups;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Every kind of place does the same; what only a bucket does.
class BucketPlaceTest {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static Path folder;
  private static BucketServer plain;
  private static LockingServer locking;

  @BeforeAll
  static void start() throws IOException {
    plain = new BucketServer(Files.createDirectory(folder.resolve("plain")));
    locking = new LockingServer(Files.createDirectory(folder.resolve("locking")));
  }

  @AfterAll
  static void stop() throws IOException {
    locking.close();
    plain.close();
  }

  private static String fresh() {
    return "bucket-" + BUCKETS.incrementAndGet();
  }

  @Nested
  class AFolder implements BackupPlaceContract {
    @TempDir private Path there;

    @Override
    public BackupPlace place() throws IOException {
      return Backups.folder(there.resolve("place"));
    }
  }

  @Nested
  class ABucket implements BackupPlaceContract {
    @Override
    public BackupPlace place() throws IOException {
      String bucket = fresh();
      plain.make(bucket);
      return S3Places.open("s3://" + bucket + "/in/here", plain.config(), Clock.systemUTC());
    }
  }

  @Nested
  class ABucketThatKeepsVersions implements BackupPlaceContract {
    @Override
    public BackupPlace place() throws IOException {
      String bucket = fresh();
      Buckets.make(plain.endpoint(), bucket, true);
      return S3Places.open("s3://" + bucket, plain.config(), Clock.systemUTC());
    }
  }

  @Nested
  class ABucketThatLocks implements BackupPlaceContract {
    @Override
    public BackupPlace place() throws IOException {
      return locked(fresh(), Clock.systemUTC());
    }

    @Override
    public boolean letsGo() {
      return false;
    }
  }

  private static BackupPlace locked(String bucket, InstantSource clock) throws IOException {
    locking.make(bucket);
    return S3Places.open("s3://" + bucket, locking.config(30), clock);
  }

  @Test
  void everyFileIsLockedForLongerThanAskedForAndALockIsExtendedWhenLessIsLeft() throws IOException {
    String bucket = fresh();
    Instant now = Instant.parse("2030-01-01T00:00:00Z");
    byte[] large = new byte[Upload.PART_BYTES + 1];
    try (BackupPlace place = locked(bucket, InstantSource.fixed(now))) {
      put(place, "small", new byte[1]);
      put(place, "large", large);
      BackupPlace.Lock lock = place.lock().orElseThrow();
      assertThat(lock.untilMillis()).isEqualTo(now.plus(Duration.ofDays(45)).toEpochMilli());
      assertThat(lock.isShort(now.plus(Duration.ofDays(30)).toEpochMilli())).isFalse();
      assertThat(lock.isShort(now.plus(Duration.ofDays(29)).toEpochMilli())).isTrue();
    }
    assertThat(locking.locks())
        .containsEntry("/" + bucket + "/small", now.plus(Duration.ofDays(45)))
        .containsEntry("/" + bucket + "/large", now.plus(Duration.ofDays(45)));
    Instant later = now.plus(Duration.ofDays(20));
    try (BackupPlace place =
        S3Places.open("s3://" + bucket, locking.config(30), InstantSource.fixed(later))) {
      place.lock().orElseThrow().extend("small");
    }
    assertThat(locking.locks())
        .containsEntry("/" + bucket + "/small", later.plus(Duration.ofDays(45)))
        .containsEntry("/" + bucket + "/large", now.plus(Duration.ofDays(45)));
  }

  @Test
  void whatAnIntruderPutsOverAFileOrMarksAsDeletedIsReadAsItWas() throws IOException {
    String bucket = fresh();
    try (BackupPlace place = locked(bucket, Clock.systemUTC());
        S3Client intruder = Buckets.client(locking.endpoint())) {
      put(place, "packs/a", new byte[] {1});
      intruder.putObject(
          each -> each.bucket(bucket).key("packs/a"), RequestBody.fromBytes(new byte[] {2, 2}));
      intruder.deleteObject(each -> each.bucket(bucket).key("packs/a"));
      intruder.putObject(
          each -> each.bucket(bucket).key("packs/ab"), RequestBody.fromBytes(new byte[3]));
    }
    try (BackupPlace place =
        S3Places.open("s3://" + bucket, locking.config(30), Clock.systemUTC())) {
      assertThat(all(place, "packs/a", 0)).containsExactly(1);
      assertThat(place.list("packs/"))
          .containsExactlyInAnyOrder(
              new BackupPlace.Held("packs/a", 1), new BackupPlace.Held("packs/ab", 3));
      assertThat(put(place, "packs/a", new byte[] {3})).isFalse();
      assertThat(place.delete("packs/a")).isFalse();
    }
  }

  @Test
  void aFileWhoseLockHasEndedIsGoneWithAllItsVersionsWhenItIsDeleted() throws IOException {
    String bucket = fresh();
    try (BackupPlace place = locked(bucket, Clock.systemUTC());
        S3Client owner = Buckets.client(locking.endpoint())) {
      put(place, "a", new byte[1]);
      owner.deleteObject(each -> each.bucket(bucket).key("a"));
      locking.age(Duration.ofDays(60));
      assertThat(place.delete("a")).isTrue();
      assertThat(owner.listObjectVersions(each -> each.bucket(bucket)).versions()).isEmpty();
      assertThat(owner.listObjectVersions(each -> each.bucket(bucket)).deleteMarkers()).isEmpty();
    }
  }

  @Test
  void aFileThatSomebodyElseWritesMeanwhileIsLeftAsItIs() throws IOException {
    for (int length : new int[] {5, Upload.PART_BYTES + 5}) {
      try (BackupPlace place = locked(fresh(), Clock.systemUTC())) {
        boolean put =
            place.put(
                "a",
                length,
                () -> {
                  put(place, "a", new byte[] {7});
                  return new ByteArrayInputStream(new byte[length]);
                });
        assertThat(put).isFalse();
        assertThat(all(place, "a", 0)).containsExactly(7);
      }
    }
  }

  @Test
  void anAnswerThatWasLostIsNotTakenForSomebodyElsesFile() throws IOException {
    for (int length : new int[] {5, Upload.PART_BYTES + 5}) {
      try (BackupPlace place = locked(fresh(), Clock.systemUTC())) {
        locking.loseAnAnswer();
        assertThat(put(place, "a", new byte[length])).isTrue();
        assertThat(put(place, "a", new byte[length])).isFalse();
      }
    }
  }

  @Test
  void aServerThatKnowsNoConditionsIsAskedBeforeAnythingIsWritten() throws IOException {
    locking.knowsConditions(false);
    try (BackupPlace place = locked(fresh(), Clock.systemUTC())) {
      for (int length : new int[] {5, Upload.PART_BYTES + 5}) {
        assertThat(put(place, "a" + length, new byte[length])).isTrue();
        assertThat(put(place, "a" + length, new byte[1])).isFalse();
        assertThat(all(place, "a" + length, 0)).hasSize(length);
      }
    } finally {
      locking.knowsConditions(true);
    }
  }

  @Test
  void partsThatACutShortBackupLeftAreRemovedOnceTheyAreADayOld() throws IOException {
    String bucket = fresh();
    plain.make(bucket);
    try (BackupPlace place =
            S3Places.open("s3://" + bucket + "/p", plain.config(), Clock.systemUTC());
        S3Client owner = Buckets.client(plain.endpoint())) {
      var _ = owner.createMultipartUpload(each -> each.bucket(bucket).key("p/a"));
      place.sweep(Instant.now());
      assertThat(owner.listMultipartUploads(each -> each.bucket(bucket)).uploads()).hasSize(1);
      place.sweep(Instant.now().plus(Duration.ofDays(2)));
      assertThat(owner.listMultipartUploads(each -> each.bucket(bucket)).uploads()).isEmpty();
    }
  }

  @Test
  void aConnectionThatBreaksWhileAFileIsReadIsMadeAnew() throws IOException {
    try (BackupPlace place = locked(fresh(), Clock.systemUTC())) {
      byte[] bytes = new byte[100_000];
      new java.util.Random(1).nextBytes(bytes);
      put(place, "a", bytes);
      try (InputStream in = place.read("a", 0)) {
        assertThat(in.readNBytes(10)).isEqualTo(java.util.Arrays.copyOf(bytes, 10));
      }
      locking.cutAfter(40_000);
      assertThat(all(place, "a", 0)).isEqualTo(bytes);
      locking.cutAfter(0);
      assertThatThrownBy(() -> all(place, "a", 0)).isInstanceOf(IOException.class);
    } finally {
      locking.cutAfter(Integer.MAX_VALUE);
    }
  }

  private static String refusal(String where, S3Config config) {
    String[] said = {""};
    assertThatThrownBy(() -> S3Places.open(where, config, Clock.systemUTC()).close())
        .isInstanceOfSatisfying(BackupRefusedException.class, e -> said[0] = e.rule())
        .hasMessageNotContaining(BucketServer.SECRET);
    return said[0];
  }

  @Test
  void whatGoesWrongIsSaidInASentenceThatTellsWhatToDoAndNoSecret() throws IOException {
    S3Config right = plain.config();
    assertThat(refusal("s3://not-made", right)).contains("no bucket not-made", "make it first");
    Path wrong =
        Files.writeString(
            folder.resolve("wrong"),
            "[default]\naws_access_key_id = "
                + BucketServer.ID
                + "\naws_secret_access_key = another-secret\n");
    assertThat(
            refusal("s3://any", new S3Config(right.endpoint(), "", true, Optional.of(wrong), 30)))
        .contains("does not take the access key", wrong.toString())
        .doesNotContain("another-secret");
    S3Config nobody = new S3Config("http://127.0.0.1:1", "", true, right.credentials(), 30);
    assertThat(refusal("s3://any", nobody)).contains("127.0.0.1:1 can't be reached");
    assertThat(refusal("s3://any", S3Config.defaults()))
        .contains("[backup.s3]", "credentials-file");
    Path none = folder.resolve("none");
    assertThat(refusal("s3://any", new S3Config(right.endpoint(), "", true, Optional.of(none), 30)))
        .contains("there is no access key", none.toString());
    for (String odd :
        java.util.List.of("s3://", "s3://A_b", "s3://a.b..c", "s3://abc/../d", "s3://abc@evil/x")) {
      assertThat(refusal(odd, right)).as(odd).contains("s3://BUCKET");
    }
  }

  @Test
  void whatTheServerRefusesIsSaidInASentence() throws IOException {
    S3Config config = locking.config(30);
    try {
      locking.failWith(403, "RequestTimeTooSkewed");
      assertThat(refusal("s3://any", config)).contains("set the clock");
      locking.failWith(403, "AccessDenied");
      assertThat(refusal("s3://any", config)).contains("s3:GetBucketVersioning");
      locking.failWith(301, "PermanentRedirect");
      assertThat(refusal("s3://any", config)).contains("another region");
      locking.failWith(307, "");
      assertThat(refusal("s3://any", config)).contains("another region");
      locking.failWith(418, "Odd<>Code");
      assertThat(refusal("s3://any", config)).contains("answered 418");
    } finally {
      locking.failWith(0, "");
    }
  }
}
