package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.store.Store;
import leadglass.store.StudyRow;
import leadglass.store.StudySearch;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;

/// Finds a study that was filed wrongly, for who may put it right, however old it is. Only by what
/// tells it exactly: this is no list to look around in. Every look is in the trail.
///
/// Safe for use by several threads.
public final class Corrections {

  /// A Patient ID finds what came in these days: a wrong upload is noticed soon, and a patient's
  /// older studies are nobody's to browse.
  public static final int DAYS = 30;

  /// More are not listed.
  public static final int ROWS_MAX = 50;

  private static final int TYPED_CHARS_MAX = 64;

  private final Store store;
  private final Custody custody;

  Corrections(Store store, Custody custody) {
    this.store = store;
    this.custody = custody;
  }

  /// Whoever corrects and finds; the console corrects, and sees nobody.
  private boolean may(Caller by, String what) throws IOException {
    return custody.gate().permits(by, Verb.FIND) && custody.permits(by, Verb.CORRECT, what);
  }

  /// Studies of that Study Instance UID or Accession Number, and those of that Patient ID that came
  /// in the last [#DAYS] days; none for who may not.
  ///
  /// @return rows as [Query] has them, [#ROWS_MAX] at most
  public List<DataSet> find(Caller by, String exact) throws IOException {
    String typed = exact.strip();
    if (typed.isEmpty() || typed.length() > TYPED_CHARS_MAX || !may(by, "finding to correct")) {
      return List.of();
    }
    long since = custody.clock().millis() - Duration.ofDays(DAYS).toMillis();
    Map<Uid, DataSet> found = new LinkedHashMap<>();
    if (Uid.parse(typed).isPresent()) {
      take(found, new Condition.AnyUid(List.of(typed)), _ -> true);
    }
    take(found, new Condition.Equal(Field.ACCESSION_NUMBER, typed), _ -> true);
    take(found, new Condition.Equal(Field.PATIENT_ID, typed), row -> row.changedMillis() >= since);
    // Also when nothing was found: guessing is to be seen.
    custody.write(
        by, Act.SEARCHED, "studies looked for to correct: " + found.size(), Optional.empty());
    return new ArrayList<>(found.values());
  }

  private void take(Map<Uid, DataSet> found, Condition condition, Predicate<StudyRow> fits) {
    StudySearch search =
        new StudySearch(custody.site(), List.of(condition), 0, ROWS_MAX, Optional.empty());
    for (StudyRow row : store.studies(search).rows()) {
      if (fits.test(row) && found.size() < ROWS_MAX) {
        found.putIfAbsent(row.study(), Rows.whole(row));
      }
    }
  }

  /// Whose study it is, before somebody deletes it or gives it to another patient; empty for who
  /// may not, as if there were none.
  public Optional<DataSet> study(Caller by, Uid study) throws IOException {
    if (!may(by, "looking at a study to correct")) {
      return Optional.empty();
    }
    Optional<StudyRow> row = custody.find(study).flatMap(custody::row);
    if (row.isPresent()) {
      custody.write(
          by, Act.SEARCHED, "study looked at before a correction", custody.subject(study, ""));
    }
    return row.map(Rows::whole);
  }
}
