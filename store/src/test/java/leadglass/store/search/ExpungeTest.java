package leadglass.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import leadglass.store.SiteId;
import leadglass.store.StudySearch;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;
import leadglass.store.StudyTerms;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left in the files of the search of a study that is gone, for somebody who has the key.
class ExpungeTest {
  private static final SecretBytes KEY = new SecretBytes(new byte[32]);
  private static final SiteId SITE = new SiteId("1".repeat(32));
  private static final int STUDIES = 120;
  private static final int ROUNDS = 20;

  @TempDir Path folder;

  private StudyIndex open() throws IOException {
    return open(folder);
  }

  private static StudyIndex open(Path folder) throws IOException {
    return StudyIndex.open(folder, KEY, new Cursors(KEY), new byte[16]);
  }

  private static byte[] name(int study) {
    return ByteBuffer.allocate(16).putInt(12, study).array();
  }

  /// Each begins differently, so that no term's beginning is left out for its neighbour's.
  private static String canary(int study) {
    return Integer.toString(study * 7919 + 46656, 36) + "canary" + study;
  }

  private static StudyChange study(int study) {
    StudyTerms terms =
        new StudyTerms(
            List.of(canary(study) + "^Anna"),
            "id" + canary(study),
            "",
            "19700102",
            "F",
            "20260115",
            "1015",
            "acc" + canary(study),
            "",
            "head " + canary(study),
            List.of(),
            List.of("CT"));
    String uid = "1.2.826.0.1.97." + (100_000 + study);
    return new StudyChange(SITE, study, name(study), uid, terms, study, false);
  }

  private static StudyChange removed(int study, long sequence) {
    return new StudyChange(SITE, study, name(study), "", StudyTerms.NONE, sequence, true);
  }

  /// All that the files say to whoever has the key, in small letters.
  private String plain() throws IOException {
    return SearchFiles.plain(folder, KEY).toLowerCase(Locale.ROOT);
  }

  private static long found(StudyIndex index, Condition... conditions) {
    return index
        .search(new StudySearch(SITE, List.of(conditions), 0, 10, Optional.empty()))
        .total();
  }

  @Test
  void nothingIsLeftInAnyFileOfAStudyThatIsGone() throws IOException {
    try (StudyIndex index = open()) {
      for (int study = 1; study <= STUDIES; study++) {
        index.put(study(study));
        if (study % 40 == 0) {
          index.commit(() -> {}); // several files
        }
      }
      assertThat(found(index)).isEqualTo(STUDIES);
      String before = plain();
      for (int study = 1; study <= STUDIES; study++) {
        assertThat(before).as("study %d is there before", study).contains("canary" + study);
      }
      index.put(removed(17, STUDIES + 1));
      index.put(removed(101, STUDIES + 2));

      index.expunge(() -> {});

      String after = plain();
      for (int study : new int[] {17, 101}) {
        assertThat(after.contains(canary(study))).isFalse();
        assertThat(after.contains("1.2.826.0.1.97." + (100_000 + study))).isFalse();
        assertThat(found(index, new Condition.Equal(Field.PATIENT_ID, "id" + canary(study))))
            .isZero();
      }
      assertThat(after.contains(canary(16))).isTrue();
      assertThat(found(index)).isEqualTo(STUDIES - 2);
    }
    try (StudyIndex index = open()) {
      assertThat(index.sequence()).isEqualTo(STUDIES + 2);
      assertThat(found(index)).isEqualTo(STUDIES - 2);
    }
    assertThat(plain().contains(canary(17))).isFalse();
  }

  /// A file of which a good part is deleted is about to be rewritten anyway, by another thread.
  @Test
  void nothingIsLeftThoughTheFilesAreBeingRewrittenAlready() throws IOException {
    for (int round = 1; round <= ROUNDS; round++) {
      Path files = folder.resolve("round" + round);
      try (StudyIndex index = open(files)) {
        for (int study = 1; study <= 8; study++) {
          index.put(study(study));
        }
        index.commit(() -> {});
      }
      try (StudyIndex index = open(files)) {
        index.put(removed(2, STUDIES + 1));
        index.put(removed(3, STUDIES + 2));
        index.expunge(() -> {});
      }
      String left = SearchFiles.plain(files, KEY).toLowerCase(Locale.ROOT);
      assertThat(left.contains(canary(2))).as("round %d", round).isFalse();
      assertThat(left.contains(canary(3))).as("round %d", round).isFalse();
      assertThat(left.contains(canary(4))).isTrue();
    }
  }
}
