package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// Does what a command asks, on an open archive.
public interface Desk {

  /// Does it.
  ///
  /// @param osUser who sits at the console
  /// @param body exactly [Request#bodyBytes()] bytes
  Reply serve(String osUser, Request request, InputStream body) throws IOException;

  /// Does it, and tells on the way how far it is. Only long acts do.
  ///
  /// @param telling may be told on any thread, as often as one likes; tells nobody after the reply
  default Reply serve(String osUser, Request request, InputStream body, Consumer<HowFar> telling)
      throws IOException {
    return serve(osUser, request, body);
  }
}
