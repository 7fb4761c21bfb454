package leadglass.net.association;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Status;

/// A request that was sent. Its responses wait here: a few, then the peer has to.
final class Sent implements Invocation {
  private static final int WAITING_MAX = 64;
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final int messageId;
  private final AcceptedContext context;
  private final Conversation<?> conversation;

  /// Empty: nothing more comes.
  private final BlockingQueue<Optional<Answer>> answers = new ArrayBlockingQueue<>(WAITING_MAX);

  private volatile boolean ended;

  Sent(int messageId, AcceptedContext context, Conversation<?> conversation) {
    this.messageId = messageId;
    this.context = context;
    this.conversation = conversation;
  }

  @Override
  public int messageId() {
    return messageId;
  }

  AcceptedContext context() {
    return context;
  }

  @Override
  public Answer next(Duration timeout) throws IOException {
    try {
      long left = timeout.toNanos();
      while (left > 0) {
        long step = Math.min(left, GLANCE.toNanos());
        Optional<Answer> answer = answers.poll(step, TimeUnit.NANOSECONDS);
        if (answer != null) {
          return answer.orElseThrow(conversation::over);
        }
        if (ended && answers.isEmpty()) {
          throw conversation.over();
        }
        left -= step;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    conversation.abort(Ending.TIMED_OUT);
    throw new SocketTimeoutException("no response in time");
  }

  @Override
  public void cancel() throws IOException {
    conversation.cancel(this);
  }

  /// Called by whoever reads.
  ///
  /// @return whether there was room in time
  boolean take(Answer answer, Duration patience) {
    try {
      return answers.offer(Optional.of(answer), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void end() {
    ended = true;
    answers.offer(Optional.empty());
  }

  static boolean isLast(Answer answer) {
    return !Status.isPending(answer.status());
  }
}
