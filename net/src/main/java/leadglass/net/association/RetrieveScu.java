package leadglass.net.association;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.StoreScp;
import leadglass.net.dimse.SubOperations;

/// C-GET and C-MOVE as SCU (PS3.4 §C.4.2, §C.4.3). Stateless.
public final class RetrieveScu {
  /// Failed SOP Instance UID List.
  private static final int FAILED_LIST = 0x00080058;

  private RetrieveScu() {}

  /// Proposes to take instances of a SOP class by C-GET: a context for each transfer syntax, so
  /// that the peer may send each instance as it keeps it.
  public static Proposal.Builder take(
      Proposal.Builder proposal, Uid sopClass, List<Uid> transferSyntaxes) {
    transferSyntaxes.forEach(each -> proposal.context(sopClass, List.of(each)));
    return proposal.role(sopClass, false, true);
  }

  /// What a C-GET's instances are handed to.
  public static <P> Services<P> services(Collection<Uid> sopClasses, StoreScp<P> taking) {
    Services.Builder<P> services = Services.builder();
    sopClasses.forEach(each -> services.store(each, taking));
    return services.build();
  }

  /// How it went.
  ///
  /// @param status of the final response
  /// @param comment of the peer, as it said it; empty for none
  /// @param failed the instances that it names as failed
  public record Retrieved(int status, String comment, SubOperations counts, List<Uid> failed) {
    public Retrieved {
      failed = List.copyOf(failed);
    }

    @Override
    public String toString() {
      return "Retrieved[%04X, %s]".formatted(status, counts);
    }
  }

  /// C-GET.
  ///
  /// @param model its SOP class, accepted by the peer
  /// @param patience from one response to the next
  /// @param progress told how far it is; false cancels it
  public static Retrieved get(
      Invoker peer,
      Uid model,
      DataSet identifier,
      Duration patience,
      Predicate<SubOperations> progress)
      throws IOException {
    return retrieve(peer, model, Requests.get(model), identifier, patience, progress);
  }

  /// C-MOVE.
  ///
  /// @param destination AE title of the receiver, as the peer knows it
  public static Retrieved move(
      Invoker peer,
      Uid model,
      String destination,
      DataSet identifier,
      Duration patience,
      Predicate<SubOperations> progress)
      throws IOException {
    return retrieve(peer, model, Requests.move(model, destination), identifier, patience, progress);
  }

  private static Retrieved retrieve(
      Invoker peer,
      Uid model,
      CommandSet.Builder command,
      DataSet identifier,
      Duration patience,
      Predicate<SubOperations> progress)
      throws IOException {
    AcceptedContext context =
        peer.contexts(model).stream()
            .findFirst()
            .orElseThrow(() -> new IOException("the peer did not accept this SOP class"));
    Invocation invocation =
        peer.invoke(
            context,
            command,
            out -> SmallDataSets.write(identifier, context.transferSyntax(), out));
    boolean cancelled = false;
    Invocation.Answer answer = invocation.next(patience);
    while (answer.pending()) {
      boolean goesOn = progress.test(SubOperations.of(answer.command()));
      if (!goesOn && !cancelled) {
        cancelled = true;
        invocation.cancel();
      }
      answer = invocation.next(patience);
    }
    List<Uid> failed =
        answer.dataSet().stream()
            .flatMap(list -> list.strings(FAILED_LIST).stream())
            .flatMap(value -> Uid.parse(value).stream())
            .toList();
    return new Retrieved(
        answer.status(),
        answer.command().text(CommandTag.ERROR_COMMENT).orElse(""),
        SubOperations.of(answer.command()),
        failed);
  }
}
