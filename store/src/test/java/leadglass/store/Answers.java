package leadglass.store;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;

/// What an index answers to everything one can ask it, as text.
final class Answers {
  private static final int PAGE = 100;

  private Answers() {}

  static List<String> of(Store store, SiteId site) {
    List<String> lines = new ArrayList<>();
    tell(store, site, 1, lines::add);
    return lines;
  }

  /// @param every how many instances are passed over for each that is asked for by itself
  static void tell(Store store, SiteId site, int every, Consumer<String> lines) {
    lines.accept("held " + store.health().studies() + " " + store.health().instances());
    lines.accept("bytes " + store.health().bytes());
    List<StudyRow> studies = all(store, site, List.of());
    for (StudyRow study : studies) {
      tell(store, site, study, every, lines);
    }
    for (Condition condition : conditions()) {
      StringBuilder line = new StringBuilder(condition.toString());
      for (StudyRow study : all(store, site, List.of(condition))) {
        line.append(' ').append(study.study().value());
      }
      lines.accept(line.toString());
    }
  }

  private static List<Condition> conditions() {
    return List.of(
        new Condition.Wildcard(Field.PATIENT_NAME, "*atient1*"),
        new Condition.Equal(Field.PATIENT_ID, "CANARYID7"),
        new Condition.Equal(Field.MODALITY, "CT"),
        new Condition.Range(Field.STUDY_DATE, "20260101", "20261231"),
        new Condition.Range(Field.BIRTH_DATE, "", "19800101"),
        new Condition.Typed("cana head"));
  }

  static List<StudyRow> all(Store store, SiteId site, List<Condition> conditions) {
    List<StudyRow> rows = new ArrayList<>();
    Optional<String> after = Optional.empty();
    while (true) {
      List<StudyRow> page = store.studies(new StudySearch(site, conditions, 0, PAGE, after)).rows();
      rows.addAll(page);
      if (page.size() < PAGE) {
        return rows;
      }
      after = Optional.of(page.getLast().cursor());
    }
  }

  private static void tell(
      Store store, SiteId site, StudyRow study, int every, Consumer<String> lines) {
    lines.accept(
        String.join(
            " ",
            study.study().value(),
            HexFormat.of().formatHex(study.attributes()),
            study.modalities() + " " + study.sopClasses() + " " + study.moved().isPresent(),
            study.seriesCount() + " " + study.instanceCount() + " " + study.bytes(),
            study.receivedMillis() + " " + study.changedMillis()));
    lines.accept("by UID " + store.study(site, study.study()).map(StudyRow::bytes));
    for (SeriesRow series : store.series(site, study.study())) {
      lines.accept(
          series.series().value()
              + " "
              + series.instanceCount()
              + " "
              + HexFormat.of().formatHex(series.attributes())
              + " "
              + store.instances(site, study.study(), Optional.of(series.series())).size());
    }
    int asked = 0;
    for (InstanceRow row : store.instances(site, study.study(), Optional.empty())) {
      lines.accept(line(row));
      if (asked++ % every == 0) {
        lines.accept(store.instance(site, row.sopInstance()).map(Answers::line).orElse("missing"));
      }
    }
  }

  private static String line(InstanceRow row) {
    return String.join(
        " ",
        row.study().value(),
        row.series().value(),
        row.sopInstance().value(),
        row.sopClass().value(),
        row.transferSyntax().value(),
        row.dataSetBytes() + " " + HexFormat.of().formatHex(row.attributes()),
        row.location().toString());
  }
}
