package leadglass.store;

import java.io.IOException;
import java.io.OutputStream;

/// One data set on its way in. What is written here is sealed as it comes; it is kept only if
/// [Store#file] is called before [#close()].
///
/// Used by one thread at a time. Holds at most 1 MiB of the data set in memory.
public abstract class Incoming extends OutputStream {

  /// For the store alone.
  protected Incoming() {}

  /// How many bytes were written so far.
  public abstract long bytes();

  /// Forgets the data set unless it was filed. What already lies in a pack is dead space.
  @Override
  public abstract void close() throws IOException;
}
