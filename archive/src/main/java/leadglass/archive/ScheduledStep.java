package leadglass.archive;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// A scheduled procedure step: an entry of the worklist. Immutable.
///
/// @param id of ours, 32 hexadecimal digits; tells nothing
/// @param values each of 1 character or more; dates as `20261126`, times as `0930` or `093000`
/// @param by who made it
/// @param madeMillis when
/// @param changedMillis when something of it was changed last
public record ScheduledStep(
    String id,
    Map<StepField, String> values,
    StepStatus status,
    String by,
    long madeMillis,
    long changedMillis) {
  public ScheduledStep {
    EnumMap<StepField, String> own = new EnumMap<>(StepField.class);
    own.putAll(values);
    values = Collections.unmodifiableMap(own);
  }

  /// Empty if nothing is said.
  public String value(StepField field) {
    return values.getOrDefault(field, "");
  }

  /// As it is typed and shown: dates as `2026-11-26`, times as `09:30`.
  public String shown(StepField field) {
    String value = value(field);
    return switch (field.vr()) {
      case DA -> value.replaceFirst("^(\\d{4})(\\d{2})(\\d{2})$", "$1-$2-$3");
      case TM ->
          value
              .replaceFirst("^(\\d{2})(\\d{2})$", "$1:$2")
              .replaceFirst("^(\\d{2})(\\d{2})(\\d{2})$", "$1:$2:$3");
      default -> value;
    };
  }

  /// The order of a worklist: by date, time and ID. Tells nothing of the patient.
  String order() {
    return value(StepField.DATE) + (value(StepField.TIME) + "0000").substring(0, 6) + id;
  }

  ScheduledStep with(Map<StepField, String> others, long atMillis) {
    return new ScheduledStep(id, others, status, by, madeMillis, atMillis);
  }

  ScheduledStep at(StepStatus now, long atMillis) {
    return new ScheduledStep(id, values, now, by, madeMillis, atMillis);
  }

  /// Never the values.
  @Override
  public String toString() {
    return "ScheduledStep[" + id + ", " + status + "]";
  }
}
