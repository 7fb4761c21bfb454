package leadglass.server.scp;

import java.util.List;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.DataSetSource;
import leadglass.net.dimse.Invocation;
import leadglass.net.dimse.Invoker;
import org.jspecify.annotations.Nullable;

/// A peer that agreed on relational queries and is asked nothing.
final class AgreeingInvoker implements Invoker {
  @Override
  public List<AcceptedContext> contexts() {
    return List.of();
  }

  @Override
  public Invocation invoke(
      AcceptedContext context, CommandSet.Builder command, @Nullable DataSetSource dataSet) {
    throw new AssertionError("nothing is asked of the peer");
  }

  @Override
  public int window() {
    return 1;
  }

  @Override
  public byte[] extended(Uid sopClass) {
    return new byte[] {1};
  }
}
