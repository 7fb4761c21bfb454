package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;

/// Does what a command asks, on an open archive.
public interface Desk {

  /// Does it.
  ///
  /// @param osUser who sits at the console
  /// @param body exactly [Request#bodyBytes()] bytes
  Reply serve(String osUser, Request request, InputStream body) throws IOException;
}
