package leadglass.survey.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.survey.Visit;

/// A fact: where DICOMweb answers at a door (PS3.18 §8.2).
record WebRoots(List<Root> all) {
  private static final int ASKED_MAX = 3;

  /// One of them.
  ///
  /// @param open strangers may list there
  record Root(String path, boolean open) {}

  WebRoots {
    all = List.copyOf(all);
  }

  /// Those that are worth another question: what is closed everywhere is asked once.
  List<Root> worthAsking() {
    List<Root> open = all.stream().filter(Root::open).limit(ASKED_MAX).toList();
    return open.isEmpty() ? all.stream().limit(1).toList() : open;
  }

  /// Where known products have theirs.
  static List<String> usual(Visit visit) {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/dicom-web", "/dicomweb", "/rs", "/qido-rs", "/wado-rs", "/orthanc/dicom-web"));
    Optional<Dcm4cheeRest.Arc> arc = visit.fact(Dcm4cheeRest.Arc.class);
    paths.add(arc.orElseGet(() -> Dcm4cheeRest.Arc.of("DCM4CHEE")).rs());
    return paths;
  }
}
