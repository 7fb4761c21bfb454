package leadglass.net.dimse;

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
/// @param afterwards what is done once the response went out
public record Outcome(
    Status status,
    Optional<SubOperations> counts,
    Optional<DataSet> dataSet,
    Optional<Uid> sopInstance,
    OptionalInt type,
    Optional<Afterwards> afterwards) {

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
        Optional.empty());
  }

  public static Outcome of(int code, String errorComment) {
    return of(Status.of(code, errorComment));
  }

  public Outcome with(DataSet attributes) {
    return new Outcome(status, counts, Optional.of(attributes), sopInstance, type, afterwards);
  }

  public Outcome with(SubOperations done) {
    return new Outcome(status, Optional.of(done), dataSet, sopInstance, type, afterwards);
  }

  public Outcome then(Afterwards next) {
    return new Outcome(status, counts, dataSet, sopInstance, type, Optional.of(next));
  }

  /// With the UID of what was created.
  public Outcome created(Uid instance) {
    return new Outcome(status, counts, dataSet, Optional.of(instance), type, afterwards);
  }

  @Override
  public String toString() {
    return "Outcome[%04X]".formatted(status.code());
  }
}
