package leadglass.archive;

import java.util.Set;
import leadglass.dicom.data.Uid;

/// Instances of one study.
///
/// @param series of these alone; empty: of every one
/// @param instances these alone; empty: every one
public record Wanted(Uid study, Set<Uid> series, Set<Uid> instances) {
  public Wanted {
    series = Set.copyOf(series);
    instances = Set.copyOf(instances);
  }

  @Override
  public String toString() {
    return "Wanted[" + series.size() + " series, " + instances.size() + " instances]";
  }
}
