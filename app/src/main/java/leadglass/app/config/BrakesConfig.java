package leadglass.app.config;

import java.util.ArrayList;
import java.util.List;
import leadglass.archive.Brakes;

/// The `[brakes]` table: how much of the archive one account may take out on a day before somebody
/// looks why. There is no value for "as much as they like".
///
/// @param patients distinct patients whose images are opened
/// @param studies distinct studies listed that are not of today
public record BrakesConfig(int patients, int studies) {

  public static BrakesConfig defaults() {
    Brakes.Limits usual = Brakes.Limits.USUAL;
    return new BrakesConfig(usual.patientsPerDay(), usual.rowsPerDay());
  }

  public Brakes.Limits limits() {
    return new Brakes.Limits(patients, studies);
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    if (patients < 1 || patients > Brakes.Limits.PATIENTS_MAX) {
      found.add("brakes.patients-per-day: 1 to " + Brakes.Limits.PATIENTS_MAX);
    }
    if (studies < 1 || studies > Brakes.Limits.ROWS_MAX) {
      found.add("brakes.studies-per-day: 1 to " + Brakes.Limits.ROWS_MAX);
    }
    return found;
  }
}
