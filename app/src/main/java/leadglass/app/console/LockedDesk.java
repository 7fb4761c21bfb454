package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.Locked;
import leadglass.app.key.Secrets;

/// The console of an archive whose master key is not at hand: it can be unlocked, and nothing else.
public final class LockedDesk implements Desk {
  private final Locked locked;

  public LockedDesk(Locked locked) {
    this.locked = locked;
  }

  @Override
  public Reply serve(String osUser, Request request, InputStream body) throws IOException {
    if (!request.act().equals("key unlock")) {
      return refused();
    }
    char[] secret = request.word("secret").toCharArray();
    try {
      locked.unlock(secret.length == 0 ? Secrets.none() : Secrets.of(secret));
      return Reply.done(Map.of("unlocked", true));
    } catch (Failure _) {
      return refused();
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private Reply refused() {
    Failure why = locked.why();
    String hint =
        locked.mayUnlockItself() && !why.hint().isEmpty()
            ? why.hint() + "; it is tried every few seconds, and at once by leadglass key unlock"
            : "leadglass key unlock asks for it";
    return new Reply(Failure.CONFIGURATION, "locked: " + why.error(), hint, Map.of());
  }
}
