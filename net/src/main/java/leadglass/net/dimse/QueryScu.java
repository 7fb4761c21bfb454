package leadglass.net.dimse;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;

/// A C-FIND that was sent: its matches one by one, then how it ended (PS3.4 §C.4.1.2). Confined to
/// one thread, but for [#cancel()].
public final class QueryScu {
  private final Invocation invocation;
  private final Duration patience;
  private boolean allMatched = true;
  private Optional<CommandSet> end = Optional.empty();

  private QueryScu(Invocation invocation, Duration patience) {
    this.invocation = invocation;
    this.patience = patience;
  }

  /// @param sopClass of the query, which the peer has accepted
  /// @param identifier with the level and the keys
  /// @param patience for each response
  /// @throws IOException if the peer did not accept the SOP class, or the association is over
  public static QueryScu ask(Invoker invoker, Uid sopClass, DataSet identifier, Duration patience)
      throws IOException {
    AcceptedContext context =
        invoker.contexts(sopClass).stream()
            .findFirst()
            .orElseThrow(() -> new IOException("the peer did not accept this query"));
    return new QueryScu(
        invoker.invoke(
            context,
            Requests.find(sopClass),
            out -> SmallDataSets.write(identifier, context.transferSyntax(), out)),
        patience);
  }

  /// Awaits the next match.
  ///
  /// @return empty once there are no more; [#status()] says why then
  /// @throws IOException if the association is over, or the time is
  public Optional<DataSet> next() throws IOException {
    if (end.isPresent()) {
      return Optional.empty();
    }
    Invocation.Answer answer = invocation.next(patience);
    if (!answer.pending()) {
      end = Optional.of(answer.command());
      return Optional.empty();
    }
    allMatched &= answer.status() == Status.PENDING;
    return Optional.of(answer.dataSet().orElse(DataSet.EMPTY));
  }

  /// Asks the peer to stop. Matches may go on to come until it has.
  public void cancel() throws IOException {
    invocation.cancel();
  }

  /// Whether the peer matched every key, as far as its responses tell.
  public boolean allMatched() {
    return allMatched;
  }

  /// The final status.
  ///
  /// @throws IllegalStateException if [#next()] was not empty yet
  public int status() {
    return end().us(CommandTag.STATUS).orElse(Status.PROCESSING_FAILURE);
  }

  /// The final Error Comment; empty if there is none.
  public String comment() {
    return end().text(CommandTag.ERROR_COMMENT).orElse("");
  }

  private CommandSet end() {
    return end.orElseThrow(() -> new IllegalStateException("the query goes on"));
  }
}
