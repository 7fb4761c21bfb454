package leadglass.net.dimse;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduException.Reason;
import leadglass.net.ul.PdvHeader;

/// Puts messages together from presentation data values (PS3.7 §6.3.1, PS3.8 Annex E). Confined to
/// one thread.
public final class MessageReader {
  /// Longest command set. Real ones have less than 1 KiB.
  public static final int COMMAND_BYTES_MAX = 64 << 10;

  private final PdvSource source;
  private final IntPredicate accepted;
  private byte[] command = new byte[1 << 10];

  /// @param accepted whether a presentation context ID was accepted
  public MessageReader(PdvSource source, IntPredicate accepted) {
    this.source = source;
    this.accepted = accepted;
  }

  /// Awaits the next message's command set. The data set of the one before must have been read to
  /// its end.
  ///
  /// @throws IOException if the association is over
  public Message next() throws IOException {
    int length = 0;
    int contextId = -1;
    PdvHeader header;
    do {
      header = source.next();
      check(accepted.test(header.contextId()), "context that was not accepted");
      check(contextId < 0 || contextId == header.contextId(), "two contexts in one command");
      check(header.command(), "data set fragment where a command belongs");
      check(header.fragmentBytes() <= COMMAND_BYTES_MAX - length, "command set too long");
      contextId = header.contextId();
      length = append(length);
    } while (!header.last());
    CommandSet found;
    try {
      found = CommandSet.decode(command, length);
    } catch (PduException e) {
      throw source.refuse(e);
    }
    return new Message(
        contextId, found, found.announcesDataSet() ? new FragmentStream(source, contextId) : null);
  }

  private int append(int length) throws IOException {
    int end = length;
    while (true) {
      if (end == command.length) {
        command = Arrays.copyOf(command, 4 * command.length);
      }
      int count = source.read(command, end, command.length - end);
      if (count < 0) {
        return end;
      }
      end += count;
    }
  }

  private void check(boolean holds, String rule) throws IOException {
    if (!holds) {
      throw source.refuse(new PduException(Reason.UNEXPECTED_PARAMETER, rule));
    }
  }
}
