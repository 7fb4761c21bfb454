package leadglass.server.scp;

import java.io.IOException;
import leadglass.dicom.data.DataSet;
import leadglass.net.dimse.Invoker;
import leadglass.net.dimse.Operation;
import leadglass.net.dimse.SubOperations;

/// An operation that sends one match and then waits until it is cancelled.
record WaitingOperation(Operation operation) implements Operation {
  @Override
  public boolean cancelled() {
    return operation.cancelled();
  }

  @Override
  public boolean pending(int status, DataSet match) throws IOException {
    boolean more = operation.pending(status, match);
    while (!operation.cancelled()) {
      Thread.onSpinWait();
    }
    return more;
  }

  @Override
  public boolean pending(SubOperations counts) throws IOException {
    return operation.pending(counts);
  }

  @Override
  public Invoker invoker() {
    return operation.invoker();
  }
}
