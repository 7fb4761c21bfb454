package leadglass.server.scp;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.About;
import leadglass.archive.Brakes;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Retrieve;
import leadglass.archive.Wanted;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.Outcome;

/// Opens what an identifier asks for.
///
/// @param instancesMax at a time
record Retrieval(RetrieveModel model, int instancesMax) {

  /// No response could count more of them (PS3.7 §9.3.3.2: US).
  static final int INSTANCES_MAX = 65_535;

  sealed interface Found {

    /// Written in the trail; none, if there are none or this device may not have them.
    record Opened(List<Held> held) implements Found {
      @Override
      public String toString() {
        return "Opened[" + held.size() + "]";
      }
    }

    record Refused(Outcome outcome) implements Found {}
  }

  /// @param recipient the device that gets them, if it is not the one that asks
  Found open(Peer peer, Optional<DataSet> identifier, Optional<String> recipient)
      throws IOException {
    return switch (RetrieveIdentifier.read(model, identifier)) {
      case RetrieveIdentifier.Read.Wrong(var status) -> new Found.Refused(Outcome.of(status));
      case RetrieveIdentifier.Read.Asked(var what) -> open(peer, wanted(peer, what), recipient);
    };
  }

  private Found open(Peer peer, List<Wanted> wanted, Optional<String> recipient)
      throws IOException {
    Retrieve retrieve = peer.site().retrieve();
    return switch (retrieve.open(peer.device(), Look.IMAGES, wanted, instancesMax, recipient)) {
      case Retrieve.Several.Given(var held) -> new Found.Opened(held);
      case Retrieve.Several.Braked(Brakes.Stop _) ->
          refused(
              RetrieveStatus.NONE_SENT, "this device's budget of patients for today is used up");
      case Retrieve.Several.TooMany() ->
          refused(
              RetrieveStatus.TOO_MANY,
              "more than " + instancesMax + " instances: ask for fewer at a time");
    };
  }

  private static Found refused(int code, String comment) {
    return new Found.Refused(Outcome.of(code, comment));
  }

  private List<Wanted> wanted(Peer peer, RetrieveIdentifier what) {
    Retrieve retrieve = peer.site().retrieve();
    if (model == RetrieveModel.COMPOSITE_INSTANCE_ROOT) {
      return retrieve.find(peer.device(), Look.IMAGES, what.instances());
    }
    Set<Uid> series = new LinkedHashSet<>(what.series());
    Set<Uid> instances = new LinkedHashSet<>(what.instances());
    List<Uid> studies = what.studies();
    if (what.patient().isPresent()) {
      About.Patient patient = what.patient().get();
      studies =
          studies.isEmpty()
              ? retrieve.studies(peer.device(), Look.IMAGES, patient, instancesMax)
              : studies.stream()
                  .filter(study -> retrieve.isOf(peer.device(), Look.IMAGES, study, patient))
                  .toList();
    }
    return studies.stream().distinct().map(study -> new Wanted(study, series, instances)).toList();
  }
}
