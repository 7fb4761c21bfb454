package leadglass.survey;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import leadglass.survey.wire.WireFault;

/// One question to one door. A class in `leadglass.survey.probe` with a constructor without
/// parameters is found by itself: a new probe is one file. Without state; used by many threads.
///
/// A probe keeps nothing that a server sends: it matches, counts, and forgets.
public interface Probe {
  /// Lower case with hyphens; stands in reports.
  String name();

  /// What is looked at, for the table of doors: "Lists studies (C-FIND, Study Root)".
  String title();

  /// At which doors it makes sense.
  Set<Service> services();

  /// Lower ones go first: what they find out is a [Visit#fact] for later ones.
  default int order() {
    return 100;
  }

  /// Whether it asks even though recognising the door failed so.
  default boolean asksDespite(WireFault.Kind fault) {
    return false;
  }

  /// Every decision that it can come to, for the documentation and for tests.
  List<Decision> decisions();

  /// Asks.
  ///
  /// @return nothing, if the question does not arise at this door (a probe that comes before found
  ///   that out); one finding, or several if the door has several rooms
  /// @throws IOException if the line fails where that decides nothing: the door can't be told then
  List<Finding> ask(Visit visit) throws IOException;
}
