package leadglass.archive;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// A scheduled procedure step, as it is kept in the registry.
///
/// @param values by [StepField#word()]
/// @param status name of a [StepStatus]
/// @param made milliseconds since 1970-01-01T00:00Z
record ScheduledStepRecord(
    String id, Map<String, String> values, String status, String by, long made, long changed) {
  static final String KIND = "scheduled-step";

  ScheduledStepRecord {
    values = Map.copyOf(values);
  }

  static ScheduledStepRecord of(ScheduledStep step) {
    Map<String, String> values = new TreeMap<>();
    step.values().forEach((field, value) -> values.put(field.word(), value));
    return new ScheduledStepRecord(
        step.id(),
        values,
        step.status().name(),
        step.by(),
        step.madeMillis(),
        step.changedMillis());
  }

  ScheduledStep step() {
    Map<StepField, String> known = new EnumMap<>(StepField.class);
    values.forEach((word, value) -> StepField.of(word).ifPresent(field -> known.put(field, value)));
    return new ScheduledStep(
        id, known, StepStatus.of(status).orElse(StepStatus.SCHEDULED), by, made, changed);
  }

  @Override
  public String toString() {
    return "ScheduledStepRecord[]";
  }
}
