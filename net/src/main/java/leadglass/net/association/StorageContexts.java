package leadglass.net.association;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.Invoker;

/// The presentation contexts in which a receiver takes instances.
public final class StorageContexts {
  /// Of encodings that can be made, the one that says most and costs least.
  private static final List<TransferSyntax> PREFERRED =
      List.of(
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
          TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
          TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);

  private final Map<Uid, Map<TransferSyntax, AcceptedContext>> accepted;

  private StorageContexts(Map<Uid, Map<TransferSyntax, AcceptedContext>> accepted) {
    this.accepted = accepted;
  }

  /// @param role whether the receiver is the SCP in a context
  public static StorageContexts of(Invoker invoker, Predicate<AcceptedContext> role) {
    Map<Uid, Map<TransferSyntax, AcceptedContext>> accepted = new HashMap<>();
    for (AcceptedContext each : invoker.contexts().stream().filter(role).toList()) {
      Uids.transferSyntax(each.transferSyntax())
          .ifPresent(syntax ->
              accepted
                  .computeIfAbsent(each.abstractSyntax(), _ -> new HashMap<>())
                  .putIfAbsent(syntax, each));
    }
    return new StorageContexts(accepted);
  }

  /// How an instance goes out.
  public sealed interface Choice {
    record In(AcceptedContext context, TransferSyntax syntax) implements Choice {}

    record None(Lacking lacking) implements Choice {}
  }

  /// What the receiver did not accept.
  public enum Lacking {
    SOP_CLASS,
    /// None in which the instance can be written.
    TRANSFER_SYNTAX
  }

  /// As it is kept, if the receiver takes that, or else in an encoding that can be made of it.
  public Choice choose(Storable instance) {
    Map<TransferSyntax, AcceptedContext> contexts = accepted.get(instance.sopClass());
    if (contexts == null) {
      return new Choice.None(Lacking.SOP_CLASS);
    }
    AcceptedContext same = contexts.get(instance.stored());
    if (same != null && instance.writes(instance.stored())) {
      return new Choice.In(same, instance.stored());
    }
    for (TransferSyntax each : PREFERRED) {
      AcceptedContext other = contexts.get(each);
      if (other != null && instance.writes(each)) {
        return new Choice.In(other, each);
      }
    }
    return new Choice.None(Lacking.TRANSFER_SYNTAX);
  }
}
