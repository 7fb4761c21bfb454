package leadglass.app.console;

import java.io.IOException;
import java.util.function.Consumer;

/// Who is told how far a long act is, and takes what it gives out while it goes on.
public interface Pieces extends Consumer<HowFar> {

  /// @param text some lines, in order
  /// @throws IOException if nobody takes them any more: the act ends
  void piece(String text) throws IOException;
}
