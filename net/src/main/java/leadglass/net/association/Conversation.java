package leadglass.net.association;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DicomException;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.DataSetSource;
import leadglass.net.dimse.Dispatcher;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Message;
import leadglass.net.dimse.MessageReader;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Response;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.dimse.Work;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduException.Reason;
import leadglass.net.ul.State;
import org.jspecify.annotations.Nullable;

/// What is said on an open association, in both directions: requests of the peer go to services,
/// responses of the peer to whoever asked.
///
/// One thread reads ([#readOn]); operations run in threads of their own, which end with it. Any
/// thread may invoke.
final class Conversation<P> implements Invoker {
  /// Operations at a time, whatever the peer negotiated: some never ask and send two.
  private static final int OPERATIONS_MIN = 4;

  private static final int MESSAGE_ID_MAX = 0xFFFF;

  private final UpperLayer upperLayer;
  private final Agreed agreed;
  private final Dispatcher<P> dispatcher;
  private final P peer;
  private final Duration idle;
  private final Consumer<? super NetEvent> events;
  private final MessageWriter writer;
  private final Semaphore invoking;
  private final Semaphore performing;
  private final Map<Integer, Sent> sent = new ConcurrentHashMap<>();
  private final Map<Integer, Performed> running = new ConcurrentHashMap<>();
  private final AtomicInteger lastMessageId = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong receivedBytes = new AtomicLong();
  private volatile @Nullable IOException over;

  Conversation(
      UpperLayer upperLayer,
      Agreed agreed,
      Services<P> services,
      P peer,
      Duration idle,
      Consumer<? super NetEvent> events) {
    this.upperLayer = upperLayer;
    this.agreed = agreed;
    this.dispatcher = new Dispatcher<>(services);
    this.peer = peer;
    this.idle = idle;
    this.events = events;
    this.writer = new MessageWriter(upperLayer, agreed.peerPduBytesMax());
    this.invoking = new Semaphore(agreed.invokedMax());
    this.performing = new Semaphore(agreed.performedMax());
  }

  /// One message after the other, until the association ends, which is an exception.
  ///
  /// @param awaitMessage called between messages
  void readOn(Waiting awaitMessage) throws IOException {
    MessageReader reader = new MessageReader(upperLayer, agreed.contexts()::containsKey);
    var threads = Thread.ofVirtual().name("operation-", 0).factory();
    try (ExecutorService scope = Executors.newThreadPerTaskExecutor(threads)) {
      try {
        while (true) {
          awaitMessage.await();
          Message message = reader.next();
          take(message, scope);
        }
      } catch (IOException e) {
        over = e;
        throw e;
      } finally {
        running.values().forEach(Performed::cancel);
        sent.values().forEach(Sent::end);
      }
    }
  }

  /// What is done between two messages of the peer.
  @FunctionalInterface
  interface Waiting {
    void await() throws IOException;
  }

  private void take(Message message, ExecutorService scope) throws IOException {
    AcceptedContext context = Objects.requireNonNull(agreed.contexts().get(message.contextId()));
    try {
      int field = message.command().us(CommandTag.COMMAND_FIELD).orElse(0);
      if ((field & CommandField.RESPONSE) != 0) {
        response(context, message);
      } else {
        work(context, dispatcher.serve(peer, context, message, agreed.requestor()), scope);
      }
    } catch (PduException e) {
      throw upperLayer.refuse(e);
    } finally {
      receivedBytes.addAndGet(message.receivedBytes());
    }
  }

  private void work(AcceptedContext context, Work work, ExecutorService scope) throws IOException {
    switch (work) {
      case Work.Answered(Response response) -> answer(context, response, scope);
      case Work.Taken(Work.Asked asked, StoreScp.Taken taken) ->
          taken(context, asked, taken, scope);
      case Work.Begun<?> begun -> begin(context, cast(begun), scope);
      case Work.Cancelled(int messageId) ->
          Optional.ofNullable(running.get(messageId)).ifPresent(Performed::cancel);
    }
  }

  /// The dispatcher is of the same type.
  @SuppressWarnings("unchecked")
  private Work.Begun<P> cast(Work.Begun<?> begun) {
    return (Work.Begun<P>) begun;
  }

  /// Whoever reads writes only while nobody else may be in the middle of a long message: the peer
  /// may not read before it has written.
  private void answer(AcceptedContext context, Response response, ExecutorService scope)
      throws IOException {
    if (running.isEmpty()) {
      send(context, response);
    } else {
      scope.execute(() -> sendQuietly(context, response));
    }
  }

  private void taken(
      AcceptedContext context, Work.Asked asked, StoreScp.Taken taken, ExecutorService scope)
      throws IOException {
    if (agreed.performedMax() == 1) {
      answer(context, asked.answer(outcome(taken)), scope);
      return;
    }
    performing.acquireUninterruptibly();
    scope.execute(() -> {
      try {
        sendQuietly(context, asked.answer(outcome(taken)));
      } catch (RuntimeException | Error e) {
        failed(e);
      } finally {
        performing.release();
      }
    });
  }

  private static Status outcome(StoreScp.Taken taken) {
    try {
      return taken.outcome();
    } catch (IOException _) {
      return Status.of(Status.PROCESSING_FAILURE, "the instance could not be taken");
    }
  }

  private void begin(AcceptedContext context, Work.Begun<P> begun, ExecutorService scope)
      throws IOException {
    Work.Asked asked = begun.asked();
    if (running.size() >= Math.max(OPERATIONS_MIN, agreed.performedMax())) {
      answer(
          context,
          asked.answer(Status.of(Status.PROCESSING_FAILURE, "too many operations at a time")),
          scope);
      return;
    }
    Performed operation = new Performed(this, context, asked);
    if (running.putIfAbsent(asked.messageId(), operation) != null) {
      answer(
          context,
          asked.answer(Status.of(Status.DUPLICATE_INVOCATION, "this message ID is in use")),
          scope);
      return;
    }
    scope.execute(() -> {
      try {
        Outcome outcome = perform(begun, operation);
        // Free for another operation before the peer can know that this one is over.
        running.remove(asked.messageId(), operation);
        sendQuietly(context, asked.answer(outcome));
        outcome.afterwards().ifPresent(next -> goOn(next, scope));
      } catch (RuntimeException | Error e) {
        failed(e);
      } finally {
        running.remove(asked.messageId(), operation);
      }
    });
  }

  /// In a thread of its own, which holds nothing of the request, unless the association is over.
  private void goOn(Outcome.Afterwards next, ExecutorService scope) {
    try {
      scope.execute(() -> follow(next));
    } catch (RejectedExecutionException _) {
      follow(next);
    }
  }

  private void follow(Outcome.Afterwards next) {
    try {
      next.run(this);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private Outcome perform(Work.Begun<P> begun, Performed operation) {
    try {
      OperationScp<P> scp = begun.scp();
      return scp.perform(peer, begun.request(), operation);
    } catch (IOException _) {
      return Outcome.of(Status.PROCESSING_FAILURE, "the operation failed");
    }
  }

  private void failed(Throwable e) {
    events.accept(new NetEvent.ServiceFailed(e.getClass().getName()));
    abort(Ending.SERVICE_FAILED);
  }

  void send(AcceptedContext context, Response response) throws IOException {
    CommandSet.Builder command = response.command();
    command.us(
        CommandTag.COMMAND_DATA_SET_TYPE,
        response.dataSet().isPresent() ? 0 : CommandSet.NO_DATA_SET);
    DataSet dataSet = response.dataSet().orElse(null);
    writer.write(
        context,
        command.build().encode(),
        dataSet == null
            ? null
            : out -> SmallDataSets.write(dataSet, context.transferSyntax(), out));
    answered.incrementAndGet();
  }

  private void sendQuietly(AcceptedContext context, Response response) {
    try {
      send(context, response);
    } catch (IOException _) {
      // Whoever reads learns why it is over.
    }
  }

  private void response(AcceptedContext context, Message message) throws IOException, PduException {
    int id = message.command().us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1);
    Sent request = sent.get(id);
    if (request == null) {
      throw new PduException(Reason.UNEXPECTED_PARAMETER, "a response to nothing");
    }
    InputStream in = message.dataSet();
    Optional<DataSet> dataSet;
    try {
      dataSet =
          in == null
              ? Optional.empty()
              : Optional.of(SmallDataSets.read(in, context.transferSyntax()));
    } catch (DicomException _) {
      throw new PduException(Reason.INVALID_PARAMETER_VALUE, "a response's data set is malformed");
    }
    message.drain();
    Invocation.Answer answer = new Invocation.Answer(message.command(), dataSet);
    if (Sent.isLast(answer)) {
      sent.remove(id);
      invoking.release();
    }
    if (!request.take(answer, idle)) {
      abort(Ending.TIMED_OUT);
    }
  }

  @Override
  public Invocation invoke(
      AcceptedContext context, CommandSet.Builder command, @Nullable DataSetSource dataSet)
      throws IOException {
    acquire();
    Sent request = enter(context);
    try {
      command
          .us(CommandTag.MESSAGE_ID, request.messageId())
          .us(CommandTag.COMMAND_DATA_SET_TYPE, dataSet == null ? CommandSet.NO_DATA_SET : 0);
      writer.write(context, command.build().encode(), dataSet);
      if (over != null) {
        request.end();
      }
      return request;
    } catch (IOException | RuntimeException e) {
      if (sent.remove(request.messageId()) != null) {
        invoking.release();
      }
      throw e;
    }
  }

  private void acquire() throws IOException {
    try {
      for (long waited = 0; waited <= idle.toMillis(); waited += 500) {
        if (over != null || upperLayer.state() != State.STA_6) {
          throw over();
        }
        if (invoking.tryAcquire(500, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    abort(Ending.TIMED_OUT);
    throw new IOException("the peer answers nothing");
  }

  private Sent enter(AcceptedContext context) {
    while (true) {
      int id = lastMessageId.updateAndGet(last -> last >= MESSAGE_ID_MAX ? 1 : last + 1);
      Sent request = new Sent(id, context, this);
      if (sent.putIfAbsent(id, request) == null) {
        return request;
      }
    }
  }

  void cancel(Sent request) throws IOException {
    // PS3.7 §9.3.2.3: the same message for C-FIND, C-GET and C-MOVE.
    CommandSet command =
        CommandSet.builder()
            .us(CommandTag.COMMAND_FIELD, CommandField.C_CANCEL_RQ)
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, request.messageId())
            .us(CommandTag.COMMAND_DATA_SET_TYPE, CommandSet.NO_DATA_SET)
            .build();
    writer.write(request.context(), command.encode(), null);
  }

  void abort(Ending why) {
    upperLayer.abort(why);
  }

  /// What to throw at whoever waits for a response.
  IOException over() {
    IOException why = over;
    return why instanceof AssociationEnded ended
        ? new AssociationEnded(ended.ending())
        : new AssociationEnded(Ending.LOST);
  }

  /// Whether silence of the peer means nothing: it waits for us.
  boolean busy() {
    return !running.isEmpty();
  }

  /// Waits until instances that were read are answered, or time is over.
  void settle(Duration patience) {
    try {
      if (performing.tryAcquire(
          agreed.performedMax(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
        performing.release(agreed.performedMax());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Messages answered.
  int answered() {
    return answered.get();
  }

  /// Bytes of data sets.
  long receivedBytes() {
    return receivedBytes.get();
  }

  @Override
  public Collection<AcceptedContext> contexts() {
    return agreed.contexts().values();
  }

  @Override
  public int window() {
    return agreed.invokedMax();
  }

  @Override
  public byte[] extended(Uid sopClass) {
    return HexFormat.of().parseHex(agreed.extended().getOrDefault(sopClass, ""));
  }
}
