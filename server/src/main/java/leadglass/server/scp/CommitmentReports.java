package leadglass.server.scp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import leadglass.archive.Archive;
import leadglass.archive.Commitments;
import leadglass.archive.Commitments.Found;
import leadglass.archive.Commitments.Verdict;
import leadglass.archive.DeviceTerms;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.TransferSyntax;
import leadglass.net.association.NetEvent;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;

/// Tells devices what is committed (N-EVENT-REPORT, PS3.4 §J.3.3): on the association they asked on
/// if it is still there, else on one to where they listen, again and again until they take it.
///
/// Threads: one that looks what is due, one virtual one a report; none outlives [#close()].
final class CommitmentReports implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int AT_ONCE = 2;
  private static final int FAILED_SOP_SEQUENCE = 0x00081198;
  private static final int FAILURE_REASON = 0x00081197;
  private static final int SUCCESSFUL = 1;
  private static final int FAILURES_EXIST = 2;

  private final Archive house;
  private final Outgoing outgoing;
  private final Consumer<? super NetEvent> events;
  private final Semaphore reading = new Semaphore(AT_ONCE);
  private final Set<Commitments.Open> underWay = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService scope =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("commitment-", 0).factory());

  CommitmentReports(Archive house, Outgoing outgoing, Consumer<? super NetEvent> events) {
    this.house = house;
    this.outgoing = outgoing;
    this.events = events;
  }

  /// Begins with what was left over from before.
  CommitmentReports start() {
    scope.execute(this::lookAgainAndAgain);
    return this;
  }

  private void lookAgainAndAgain() {
    try {
      do {
        Stream.concat(Stream.of(house), house.tenants().all().stream()).forEach(this::reportDue);
      } while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reportDue(Archive site) {
    try {
      for (Commitments.Open open : site.commitments().due()) {
        // Whoever listens nowhere is told on the association they asked on, or not at all.
        if (closing.getCount() > 0 && site.destinations().of(open.aeTitle()).isPresent()) {
          scope.execute(() -> reportLater(site, open));
        }
      }
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void reportLater(Archive site, Commitments.Open open) {
    try {
      report(site, open, Optional.empty());
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /// A disk that fails, most likely; what was asked is kept, and tried again.
  private void failed(RuntimeException e) {
    events.accept(new NetEvent.ServiceFailed(e.getClass().getName()));
  }

  /// Looks at what was asked for and tells it.
  ///
  /// @param same the association it was asked on
  void report(Archive site, Commitments.Open open, Optional<Invoker> same) {
    if (!underWay.add(open)) {
      return;
    }
    try {
      List<Found> found = found(site, open);
      if (found.isEmpty()) {
        return;
      }
      if ((same.isPresent() && isTold(same.get(), open, found)) || isCalled(site, open, found)) {
        site.commitments().reported(open);
      } else if (site.destinations().of(open.aeTitle()).isPresent()) {
        site.commitments().missed(open);
      } else {
        site.commitments().drop(open);
      }
    } finally {
      underWay.remove(open);
    }
  }

  /// A few at a time: each reads many instances.
  private List<Found> found(Archive site, Commitments.Open open) {
    reading.acquireUninterruptibly();
    try {
      return site.commitments().found(open, () -> closing.getCount() > 0);
    } finally {
      reading.release();
    }
  }

  private boolean isCalled(Archive site, Commitments.Open open, List<Found> found) {
    Optional<DeviceTerms.Destination> where = site.destinations().of(open.aeTitle());
    if (where.isEmpty() || closing.getCount() == 0) {
      return false;
    }
    try (RequestedAssociation association =
        outgoing.open(
            site,
            open.aeTitle(),
            where.get(),
            proposal ->
                proposal
                    .context(
                        CommitmentScp.SOP_CLASS,
                        List.of(
                            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
                            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid()))
                    .role(CommitmentScp.SOP_CLASS, false, true)
                    .build())) {
      return isTold(association, open, found);
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isTold(Invoker peer, Commitments.Open open, List<Found> found) {
    Optional<AcceptedContext> context = peer.contexts(CommitmentScp.SOP_CLASS).stream().findFirst();
    if (context.isEmpty()) {
      return false;
    }
    boolean whole = found.stream().allMatch(each -> each.verdict() == Verdict.COMMITTED);
    DataSet information = information(open, found);
    try {
      Invocation report =
          peer.invoke(
              context.get(),
              Requests.eventReport(
                  CommitmentScp.SOP_CLASS,
                  CommitmentScp.SOP_INSTANCE,
                  whole ? SUCCESSFUL : FAILURES_EXIST),
              out -> SmallDataSets.write(information, context.get().transferSyntax(), out));
      return report.next(PATIENCE).status() == Status.SUCCESS;
    } catch (IOException _) {
      return false;
    }
  }

  private static DataSet information(Commitments.Open open, List<Found> found) {
    List<DataSet> kept = new ArrayList<>();
    List<DataSet> failed = new ArrayList<>();
    for (Found each : found) {
      DataSet.Builder item =
          DataSet.builder()
              .uid(CommitmentScp.REFERENCED_SOP_CLASS_UID, each.reference().sopClass())
              .uid(CommitmentScp.REFERENCED_SOP_INSTANCE_UID, each.reference().sopInstance());
      if (each.verdict() == Verdict.COMMITTED) {
        kept.add(item.build());
      } else {
        failed.add(item.us(FAILURE_REASON, each.verdict().reason()).build());
      }
    }
    DataSet.Builder information =
        DataSet.builder().uid(CommitmentScp.TRANSACTION_UID, open.transaction());
    if (!failed.isEmpty()) {
      information.sequence(FAILED_SOP_SEQUENCE, failed);
    }
    if (!kept.isEmpty()) {
      information.sequence(CommitmentScp.REFERENCED_SOP_SEQUENCE, kept);
    }
    return information.build();
  }

  @Override
  public void close() {
    closing.countDown();
    scope.close();
  }
}
