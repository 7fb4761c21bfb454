package leadglass.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A message as it comes in: the command set whole, the data set a stream (PS3.7 §6.3).
public final class Message {
  private final int contextId;
  private final CommandSet command;
  private final @Nullable FragmentStream dataSet;

  Message(int contextId, CommandSet command, @Nullable FragmentStream dataSet) {
    this.contextId = contextId;
    this.command = command;
    this.dataSet = dataSet;
  }

  public int contextId() {
    return contextId;
  }

  public CommandSet command() {
    return command;
  }

  /// The data set, if one was announced.
  public @Nullable InputStream dataSet() {
    return dataSet;
  }

  /// Bytes of the data set that came so far.
  public long receivedBytes() {
    return dataSet == null ? 0 : dataSet.received();
  }

  /// Reads what is left of the data set, so that the next message can be read.
  public void drain() throws IOException {
    if (dataSet != null) {
      dataSet.drain();
    }
  }

  /// Whether the association ended within the data set.
  boolean isCut() {
    return dataSet != null && dataSet.failed();
  }
}
