package leadglass.store.catalogue;

import java.io.IOException;

/// Puts other files in the place of those of an index, which are closed.
public interface Replacing {
  void replace() throws IOException;
}
