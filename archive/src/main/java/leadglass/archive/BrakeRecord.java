package leadglass.archive;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody used of their budgets on one day, as it is kept in the registry.
///
/// @param began first day anything was counted, days since 1970-01-01
/// @param day that the rest is about, likewise
/// @param patients pseudonyms of those whose images were opened
/// @param rows listed outside today's list
/// @param level 0 nothing was asked, 1 a purpose was given with a second factor, 1 + n a second
///   person allowed more n times
/// @param waiting whether they stand at a stop that needs a second person
/// @param purpose as it was typed; it names no patient, or it is not taken
record BrakeRecord(
    long began,
    long day,
    Set<String> patients,
    long rows,
    int level,
    boolean waiting,
    @Nullable String purpose) {

  static BrakeRecord first(long day) {
    return new BrakeRecord(day, day, Set.of(), 0, 0, false, null);
  }

  /// A new day begins with full budgets.
  BrakeRecord on(long today) {
    return today == day ? this : new BrakeRecord(began, today, Set.of(), 0, 0, false, null);
  }

  BrakeRecord opened(String patient) {
    Set<String> more = new LinkedHashSet<>(patients);
    more.add(patient);
    return new BrakeRecord(began, day, more, rows, level, waiting, purpose);
  }

  BrakeRecord listed(long more) {
    return new BrakeRecord(began, day, patients, rows + more, level, waiting, purpose);
  }

  BrakeRecord stopped() {
    return new BrakeRecord(began, day, patients, rows, level, true, purpose);
  }

  BrakeRecord eased(String why) {
    return new BrakeRecord(began, day, patients, rows, Math.max(level, 1), false, why);
  }

  BrakeRecord allowedMore() {
    return new BrakeRecord(began, day, patients, rows, Math.max(level, 1) + 1, false, purpose);
  }

  @Override
  public String toString() {
    return "BrakeRecord[]";
  }
}
