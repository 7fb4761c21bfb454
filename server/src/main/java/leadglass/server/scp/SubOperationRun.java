package leadglass.server.scp;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import leadglass.archive.Held;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.StorableSource;
import leadglass.net.association.StorageContexts;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.SubOperations;

/// The C-STORE sub-operations of one C-GET or C-MOVE: as many unanswered at a time as the receiver
/// takes, each data set straight from the store. Confined to the operation's thread.
final class SubOperationRun {
  /// Failed SOP Instance UID List.
  private static final int FAILED_LIST = 0x00080058;

  /// An explicit VR of UI has a length of 16 bits; what does not fit is counted, not listed.
  private static final int LIST_CHARS_MAX = 65_000;

  private final Operation operation;
  private final int total;
  private final Pace pace;
  private final List<Uid> failed = new ArrayList<>();
  private final Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
  private int completed;
  private int warned;
  private int toldDone;
  private Instant told;

  /// Why an instance did not arrive, in words for Error Comment (0000,0902).
  enum Failure {
    NO_CONTEXT("receiver accepted no context for their SOP class"),
    NOT_DECODED("receiver did not accept the syntax they are kept in"),
    REFUSED("the receiver answered with a failure"),
    UNREADABLE("could not be read from the store"),
    UNREACHED("the association with the receiver ended");

    private final String words;

    Failure(String words) {
      this.words = words;
    }
  }

  /// @param left not tried, because the association ended, or it was cancelled
  /// @param over whether the association ended
  record Sent(List<Held> left, boolean over) {
    @Override
    public String toString() {
      return "Sent[" + left.size() + " left]";
    }
  }

  private record Flying(Held held, Invocation invocation) {}

  SubOperationRun(Operation operation, int total, Pace pace) {
    this.operation = operation;
    this.total = total;
    this.pace = pace;
    this.told = pace.clock().instant();
  }

  /// Sends instances over one association.
  ///
  /// @param role whether the receiver is the SCP in a context
  /// @param stands asked now and then whether to go on with this receiver
  Sent send(
      Invoker invoker,
      Predicate<AcceptedContext> role,
      List<Held> instances,
      Optional<Requests.Originator> originator,
      BooleanSupplier stands)
      throws IOException {
    StorageContexts contexts = StorageContexts.of(invoker, role);
    Deque<Flying> flying = new ArrayDeque<>();
    int next = 0;
    boolean over = false;
    while (next < instances.size() && !over && !operation.cancelled()) {
      if (flying.size() >= invoker.window()) {
        over = !land(flying.remove());
      } else {
        Flight flight = fly(invoker, contexts, instances.get(next), originator, flying);
        next += flight == Flight.NOT_BEGUN ? 0 : 1;
        over = flight != Flight.DONE;
      }
      over |= tell() && !stands.getAsBoolean();
    }
    while (!flying.isEmpty()) {
      if (over) {
        fail(flying.remove().held(), Failure.UNREACHED);
      } else {
        over = !land(flying.remove());
        tell();
      }
    }
    return new Sent(instances.subList(next, instances.size()), over);
  }

  private enum Flight {
    DONE,
    /// The association ended.
    LOST,
    /// It had before.
    NOT_BEGUN
  }

  private Flight fly(
      Invoker invoker,
      StorageContexts contexts,
      Held held,
      Optional<Requests.Originator> originator,
      Deque<Flying> flying) {
    return switch (contexts.choose(new Kept(held))) {
      case StorageContexts.Choice.None(var lacking) -> {
        fail(
            held,
            switch (lacking) {
              case SOP_CLASS -> Failure.NO_CONTEXT;
              case TRANSFER_SYNTAX -> Failure.NOT_DECODED;
            });
        yield Flight.DONE;
      }
      case StorageContexts.Choice.In(var context, var syntax) -> {
        StorableSource source = new StorableSource(new Kept(held), syntax);
        try {
          flying.add(
              new Flying(
                  held,
                  invoker.invoke(
                      context,
                      Requests.store(held.sopClass(), held.uids().sopInstance(), originator),
                      source)));
          yield Flight.DONE;
        } catch (IOException _) {
          if (!source.begun()) {
            yield Flight.NOT_BEGUN;
          }
          fail(held, source.unreadable() ? Failure.UNREADABLE : Failure.UNREACHED);
          yield source.unreadable() ? Flight.DONE : Flight.LOST;
        }
      }
    };
  }

  /// @return whether the association goes on
  private boolean land(Flying flown) {
    try {
      int status = flown.invocation().next(pace.patience()).status();
      if (status == Status.SUCCESS) {
        completed++;
      } else if (Status.isWarning(status)) {
        warned++;
      } else {
        fail(flown.held(), Failure.REFUSED);
      }
      return true;
    } catch (IOException _) {
      fail(flown.held(), Failure.UNREACHED);
      return false;
    }
  }

  /// Counts instances that can't be sent.
  void fail(List<Held> instances, Failure why) {
    instances.forEach(held -> fail(held, why));
  }

  private void fail(Held held, Failure why) {
    failed.add(held.uids().sopInstance());
    failures.merge(why, 1, Integer::sum);
  }

  private int remaining() {
    return total - completed - warned - failed.size();
  }

  private SubOperations counts() {
    return new SubOperations(remaining(), completed, failed.size(), warned);
  }

  /// Says how far it is, not too often, and not when nothing is left: the final response does.
  ///
  /// @return whether it was time to
  private boolean tell() throws IOException {
    int done = total - remaining();
    Instant now = pace.clock().instant();
    if (done - toldDone < pace.every() && now.isBefore(told.plus(pace.interval()))) {
      return false;
    }
    toldDone = done;
    told = now;
    if (remaining() > 0) {
      operation.pending(counts());
    }
    return true;
  }

  /// The final response.
  Outcome outcome() {
    return outcome(comment());
  }

  /// @param why in place of the words that failures have
  Outcome outcome(String why) {
    Outcome outcome = Outcome.of(code(), code() == Status.SUCCESS ? "" : why).with(counts());
    return failed.isEmpty() ? outcome : outcome.with(list());
  }

  private int code() {
    if (remaining() > 0) {
      return Status.CANCEL;
    }
    if (failed.isEmpty() && warned == 0) {
      return Status.SUCCESS;
    }
    return failed.size() == total ? RetrieveStatus.NONE_SENT : RetrieveStatus.SOME_FAILED;
  }

  private String comment() {
    return failures.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> failed.size() + " failed: " + most.getKey().words)
        .orElse(warned > 0 ? warned + " were taken with a warning" : "");
  }

  private DataSet list() {
    List<String> listed = new ArrayList<>();
    int chars = 0;
    for (Uid each : failed) {
      chars += each.value().length() + 1;
      if (chars > LIST_CHARS_MAX) {
        break;
      }
      listed.add(each.value());
    }
    return DataSet.builder().text(FAILED_LIST, Vr.UI, listed.toArray(String[]::new)).build();
  }
}
