package leadglass.net.association;

import java.io.IOException;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.Response;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.SubOperations;
import leadglass.net.dimse.Work;

/// An operation that this side performs.
final class Performed implements Operation {
  private final Conversation<?> conversation;
  private final AcceptedContext context;
  private final Work.Asked asked;
  private volatile boolean cancelled;

  Performed(Conversation<?> conversation, AcceptedContext context, Work.Asked asked) {
    this.conversation = conversation;
    this.context = context;
    this.asked = asked;
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public boolean pending(int status, DataSet match) throws IOException {
    if (cancelled) {
      return false;
    }
    Response response = asked.answer(Status.of(status, ""));
    conversation.send(context, new Response(response.command(), Optional.of(match)));
    return true;
  }

  @Override
  public boolean pending(SubOperations counts) throws IOException {
    if (cancelled) {
      return false;
    }
    conversation.send(context, asked.pending(counts));
    return true;
  }

  @Override
  public Invoker invoker() {
    return conversation;
  }
}
