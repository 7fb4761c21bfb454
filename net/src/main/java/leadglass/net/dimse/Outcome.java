package leadglass.net.dimse;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;

/// The final response to an operation.
///
/// @param counts of a C-GET or C-MOVE
/// @param dataSet failed instances, an attribute list, an action's reply
/// @param sopInstance where the request named none: what was created
/// @param type Event Type ID or Action Type ID, sent where the service has one
/// @param attributes Attribute Identifier List (0000,1005): what an N-service's status is about
/// @param errorId Error ID (0000,0903), where the service has one
/// @param afterwards what is done once the response went out
public record Outcome(
    Status status,
    Optional<SubOperations> counts,
    Optional<DataSet> dataSet,
    Optional<Uid> sopInstance,
    OptionalInt type,
    List<Integer> attributes,
    OptionalInt errorId,
    Optional<Afterwards> afterwards) {
  public Outcome {
    attributes = List.copyOf(attributes);
  }

  /// Something that may not come before the response.
  @FunctionalInterface
  public interface Afterwards {
    /// @param invoker of the same association, which may be over
    void run(Invoker invoker);
  }

  public static Outcome of(Status status) {
    return new Outcome(
        status,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  public static Outcome of(int code, String errorComment) {
    return of(Status.of(code, errorComment));
  }

  public Outcome with(DataSet set) {
    return new Outcome(
        status, counts, Optional.of(set), sopInstance, type, attributes, errorId, afterwards);
  }

  public Outcome with(SubOperations done) {
    return new Outcome(
        status, Optional.of(done), dataSet, sopInstance, type, attributes, errorId, afterwards);
  }

  public Outcome then(Afterwards next) {
    return new Outcome(
        status, counts, dataSet, sopInstance, type, attributes, errorId, Optional.of(next));
  }

  /// With the tags of the attributes that the status of an N-service is about.
  public Outcome about(List<Integer> tags) {
    return new Outcome(status, counts, dataSet, sopInstance, type, tags, errorId, afterwards);
  }

  /// With an Error ID of the service's own.
  public Outcome withErrorId(int id) {
    return new Outcome(
        status, counts, dataSet, sopInstance, type, attributes, OptionalInt.of(id), afterwards);
  }

  /// With the UID of what was created.
  public Outcome created(Uid instance) {
    return new Outcome(
        status, counts, dataSet, Optional.of(instance), type, attributes, errorId, afterwards);
  }

  @Override
  public String toString() {
    return "Outcome[%04X]".formatted(status.code());
  }
}
