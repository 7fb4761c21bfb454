package leadglass.net.dimse;

import java.io.IOException;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PdvHeader;

/// Where presentation data values come from, one after the other. Confined to one thread.
public interface PdvSource {

  /// Awaits the next value's header. The fragment before it must have been read to its end.
  ///
  /// @throws IOException if the association is over; every later call throws too
  PdvHeader next() throws IOException;

  /// Reads from the fragment behind the last header, straight from the transport.
  ///
  /// @return how many bytes, 1 or more; -1 at the end of the fragment
  /// @throws IOException if the association is over
  int read(byte[] into, int offset, int length) throws IOException;

  /// Aborts the association: the peer broke a rule.
  ///
  /// @return what to throw
  IOException refuse(PduException why);
}
