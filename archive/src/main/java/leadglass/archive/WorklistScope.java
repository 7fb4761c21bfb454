package leadglass.archive;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.OptionalInt;

/// Which part of the worklist a device is shown.
///
/// @param station AE title whose steps they are
/// @param unassigned whether those of no station are too
/// @param days before and after today; empty for all that are kept
/// @param fixed whether everybody is told the same attributes, whatever is asked, and nothing but a
///   day, a time and a modality narrows the list
public record WorklistScope(String station, boolean unassigned, OptionalInt days, boolean fixed) {

  /// What a device that proved itself is shown: its own steps, and those of no station.
  public static WorklistScope own(Caller.Device device) {
    return new WorklistScope(device.aeTitle(), true, OptionalInt.empty(), false);
  }

  /// What is shown on a network that anybody may listen to: the station's own steps of yesterday,
  /// today and tomorrow.
  public static WorklistScope narrow(Caller.Device device) {
    return new WorklistScope(device.aeTitle(), false, OptionalInt.of(1), true);
  }

  boolean shows(ScheduledStep step, LocalDate today) {
    String of = step.value(StepField.STATION);
    return (of.equals(station) || (unassigned && of.isEmpty())) && isWithin(step, today);
  }

  private boolean isWithin(ScheduledStep step, LocalDate today) {
    if (days.isEmpty()) {
      return true;
    }
    String date = step.value(StepField.DATE);
    return date.compareTo(text(today.minusDays(days.getAsInt()))) >= 0
        && date.compareTo(text(today.plusDays(days.getAsInt()))) <= 0;
  }

  private static String text(LocalDate day) {
    return day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}
