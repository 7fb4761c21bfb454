package leadglass.net.association;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Requests;

/// C-STORE as SCU (PS3.4 Annex B): as many unanswered as the peer takes. Stateless.
public final class StoreScu {
  private StoreScu() {}

  /// What came of one instance.
  public sealed interface Stored {
    /// @param status PS3.4 Table B.2-1
    /// @param comment of the peer, as it said it; empty for none
    record Answered(int status, String comment) implements Stored {
      @Override
      public String toString() {
        return "Answered[%04X]".formatted(status);
      }
    }

    record NotNegotiated(StorageContexts.Lacking lacking) implements Stored {}

    /// It could not be read, so that no peer has it.
    record Unreadable() implements Stored {}

    /// The association ended before the answer: the peer may have it.
    record Lost() implements Stored {}
  }

  private record Flying<T>(T instance, Invocation invocation) {}

  /// Sends instances one after another.
  ///
  /// @param patience for each answer
  /// @param told of each instance once, from this thread, in their order but for those that are not
  ///   sent at all
  /// @return those not begun, because the association ended
  public static <T extends Storable> List<T> send(
      Invoker peer, List<T> instances, Duration patience, BiConsumer<? super T, Stored> told) {
    StorageContexts contexts = StorageContexts.of(peer, AcceptedContext::requestorScu);
    Deque<Flying<T>> flying = new ArrayDeque<>();
    boolean goesOn = true;
    int next = 0;
    while (goesOn && next < instances.size()) {
      if (flying.size() >= peer.window()) {
        goesOn = land(flying.remove(), patience, told);
        continue;
      }
      T instance = instances.get(next);
      switch (contexts.choose(instance)) {
        case StorageContexts.Choice.None(var lacking) -> {
          next++;
          told.accept(instance, new Stored.NotNegotiated(lacking));
        }
        case StorageContexts.Choice.In(var context, var syntax) -> {
          StorableSource source = new StorableSource(instance, syntax);
          try {
            flying.add(
                new Flying<>(
                    instance,
                    peer.invoke(
                        context,
                        Requests.store(
                            instance.sopClass(), instance.sopInstance(), Optional.empty()),
                        source)));
            next++;
          } catch (IOException _) {
            goesOn = source.unreadable();
            if (source.begun()) {
              next++;
              told.accept(instance, goesOn ? new Stored.Unreadable() : new Stored.Lost());
            }
          }
        }
      }
    }
    while (!flying.isEmpty()) {
      Flying<T> each = flying.remove();
      if (goesOn) {
        goesOn = land(each, patience, told);
      } else {
        told.accept(each.instance(), new Stored.Lost());
      }
    }
    return instances.subList(next, instances.size());
  }

  /// @return whether the association goes on
  private static <T> boolean land(
      Flying<T> flown, Duration patience, BiConsumer<? super T, Stored> told) {
    try {
      Invocation.Answer answer = flown.invocation().next(patience);
      told.accept(
          flown.instance(),
          new Stored.Answered(
              answer.status(), answer.command().text(CommandTag.ERROR_COMMENT).orElse("")));
      return true;
    } catch (IOException _) {
      told.accept(flown.instance(), new Stored.Lost());
      return false;
    }
  }
}
