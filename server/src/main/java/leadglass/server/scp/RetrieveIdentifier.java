package leadglass.server.scp;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.Status;
import leadglass.server.scp.RetrieveModel.Level;

/// What the identifier of a C-GET or C-MOVE asks for, hierarchically (PS3.4 §C.4.2.2.1,
/// §C.4.3.2.1): one value for each level above the one asked for, one or several at that, none
/// below. Pure.
///
/// @param patient of the Patient Root model
/// @param studies empty only at the level of patients and in the Composite Instance Root model
record RetrieveIdentifier(
    Optional<About.Patient> patient, List<Uid> studies, List<Uid> series, List<Uid> instances) {
  static final int LEVEL = 0x00080052;

  RetrieveIdentifier {
    studies = List.copyOf(studies);
    series = List.copyOf(series);
    instances = List.copyOf(instances);
  }

  @Override
  public String toString() {
    return "RetrieveIdentifier[]";
  }

  sealed interface Read {
    record Asked(RetrieveIdentifier what) implements Read {}

    record Wrong(Status status) implements Read {}
  }

  static Read read(RetrieveModel model, Optional<DataSet> sent) {
    if (sent.isEmpty()) {
      return wrong("no identifier", LEVEL);
    }
    DataSet identifier = sent.get();
    Optional<Level> asked = level(model, identifier);
    if (asked.isEmpty()) {
      return wrong("a Query/Retrieve Level that this model does not have", LEVEL);
    }
    Optional<About.Patient> patient = Optional.empty();
    Map<Level, List<Uid>> uids = new EnumMap<>(Level.class);
    for (Level each : model.levels()) {
      List<String> values =
          identifier.strings(each.key()).stream()
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .toList();
      int order = each.compareTo(asked.get());
      if (order > 0 && !values.isEmpty()) {
        return wrong("a key below the level asked for", each.key());
      }
      if (order <= 0 && values.isEmpty()) {
        return wrong("a unique key of this or a higher level is missing", each.key());
      }
      if (values.size() > 1 && (order < 0 || each == Level.PATIENT)) {
        return wrong("several values of a key that has one", each.key());
      }
      if (each == Level.PATIENT && order <= 0) {
        String issuer = identifier.string(Tag.ISSUER_OF_PATIENT_ID).orElse("").strip();
        patient = Optional.of(new About.Patient(issuer, values.getFirst()));
      } else {
        List<Uid> ofLevel = new ArrayList<>();
        for (String value : values) {
          Optional<Uid> uid = Uid.parse(value);
          if (uid.isEmpty()) {
            return wrong("a value that is no UID", each.key());
          }
          ofLevel.add(uid.get());
        }
        uids.put(each, ofLevel);
      }
    }
    return new Read.Asked(
        new RetrieveIdentifier(
            patient,
            uids.getOrDefault(Level.STUDY, List.of()),
            uids.getOrDefault(Level.SERIES, List.of()),
            uids.getOrDefault(Level.IMAGE, List.of())));
  }

  private static Optional<Level> level(RetrieveModel model, DataSet identifier) {
    String word = identifier.string(LEVEL).orElse("").strip().toUpperCase(Locale.ROOT);
    return model.levels().stream().filter(each -> each.name().equals(word)).findFirst();
  }

  private static Read wrong(String comment, int tag) {
    return new Read.Wrong(new Status(RetrieveStatus.WRONG_IDENTIFIER, comment, List.of(tag)));
  }
}
