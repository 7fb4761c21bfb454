package leadglass.net.association;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;

/// Storage commitment as SCU (PS3.4 Annex J, push model): asks whether a peer keeps instances, and
/// is told on the same association. For one request at a time. Safe for use by several threads.
public final class CommitmentScu<P> implements OperationScp<P> {
  public static final Uid SOP_CLASS = new Uid("1.2.840.10008.1.20.1");

  /// Command Fields that it answers.
  public static final Set<Integer> FIELDS = Set.of(CommandField.N_EVENT_REPORT_RQ);

  private static final Uid SOP_INSTANCE = new Uid("1.2.840.10008.1.20.1.1");
  private static final int REQUEST = 1;
  private static final int TRANSACTION_UID = 0x00081195;
  private static final int NO_SUCH_OBJECT_INSTANCE = 0x0112;
  private static final int REPORTS_MAX = 100;

  private final BlockingQueue<DataSet> reports = new LinkedBlockingQueue<>(REPORTS_MAX);

  /// One that has asked nothing yet.
  public CommitmentScu() {}

  /// What the peer says.
  ///
  /// @param status of its answer to the request; other than 0 it took none of it
  /// @param committed those that it keeps
  /// @param told whether it reported at all in time
  public record Committed(int status, Set<Uid> committed, boolean told) {
    public Committed {
      committed = Set.copyOf(committed);
    }

    @Override
    public String toString() {
      return "Committed[%04X, %d]".formatted(status, committed.size());
    }
  }

  /// Asks, and waits to be told.
  ///
  /// @param peer an association to which this answers N-EVENT-REPORT
  /// @param transaction a UID that was never used
  /// @param patience for the answer, and then for the report
  /// @throws IOException if the peer did not accept the SOP class, or the association is over
  public Committed ask(
      Invoker peer, Uid transaction, List<? extends Storable> instances, Duration patience)
      throws IOException {
    AcceptedContext context =
        peer.contexts(SOP_CLASS).stream()
            .findFirst()
            .orElseThrow(() -> new IOException("the peer did not accept storage commitment"));
    List<DataSet> references = new ArrayList<>();
    for (Storable each : instances) {
      references.add(
          DataSet.builder()
              .uid(Tag.REFERENCED_SOP_CLASS_UID, each.sopClass())
              .uid(Tag.REFERENCED_SOP_INSTANCE_UID, each.sopInstance())
              .build());
    }
    DataSet asked =
        DataSet.builder()
            .uid(TRANSACTION_UID, transaction)
            .sequence(Tag.REFERENCED_SOP_SEQUENCE, references)
            .build();
    Invocation invocation =
        peer.invoke(
            context,
            Requests.action(SOP_CLASS, SOP_INSTANCE, REQUEST),
            out -> SmallDataSets.write(asked, context.transferSyntax(), out));
    int status = invocation.next(patience).status();
    return status == Status.SUCCESS
        ? awaited(transaction, patience)
        : new Committed(status, Set.of(), false);
  }

  private Committed awaited(Uid transaction, Duration patience) throws IOException {
    long last = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        DataSet report = reports.poll(last - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (report == null) {
          return new Committed(Status.SUCCESS, Set.of(), false);
        }
        if (report.uid(TRANSACTION_UID).filter(transaction::equals).isPresent()) {
          return new Committed(Status.SUCCESS, kept(report), true);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Set<Uid> kept(DataSet report) {
    Set<Uid> kept = new HashSet<>();
    for (DataSet item : report.items(Tag.REFERENCED_SOP_SEQUENCE)) {
      item.uid(Tag.REFERENCED_SOP_INSTANCE_UID).ifPresent(kept::add);
    }
    return kept;
  }

  @Override
  public Outcome perform(P peer, Request request, Operation operation) {
    Optional<Uid> instance = request.sopInstance();
    boolean taken =
        instance.filter(SOP_INSTANCE::equals).isPresent()
            && reports.offer(request.dataSet().orElse(DataSet.EMPTY));
    return taken
        ? Outcome.of(Status.success())
        : Outcome.of(NO_SUCH_OBJECT_INSTANCE, "nothing was asked of this instance");
  }
}
