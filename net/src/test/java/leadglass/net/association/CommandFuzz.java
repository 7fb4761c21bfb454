package leadglass.net.association;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Message;
import leadglass.net.dimse.MessageReader;
import leadglass.net.dimse.PdvSource;
import leadglass.net.dimse.Response;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.SubOperations;
import leadglass.net.dimse.Work;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PdvHeader;

/// A command set (PS3.7 §6.3), whole and in fragments, and the response to it.
///
/// The first byte says how long fragments are. However they come, the command set is the same;
/// decoded, encoded and decoded again too.
public final class CommandFuzz {
  private static final int CONTEXT = 1;
  private static final List<Integer> TAGS =
      List.of(
          CommandTag.GROUP_LENGTH,
          CommandTag.AFFECTED_SOP_CLASS_UID,
          CommandTag.REQUESTED_SOP_CLASS_UID,
          CommandTag.COMMAND_FIELD,
          CommandTag.MESSAGE_ID,
          CommandTag.MESSAGE_ID_BEING_RESPONDED_TO,
          CommandTag.MOVE_DESTINATION,
          CommandTag.PRIORITY,
          CommandTag.COMMAND_DATA_SET_TYPE,
          CommandTag.STATUS,
          CommandTag.OFFENDING_ELEMENT,
          CommandTag.ERROR_COMMENT,
          CommandTag.AFFECTED_SOP_INSTANCE_UID,
          CommandTag.REQUESTED_SOP_INSTANCE_UID,
          CommandTag.ATTRIBUTE_IDENTIFIER_LIST,
          CommandTag.NUMBER_OF_FAILED_SUBOPERATIONS,
          CommandTag.MOVE_ORIGINATOR_APPLICATION_ENTITY_TITLE);

  private CommandFuzz() {}

  /// Jazzer's entry.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length >= 2) {
      Cost.bounded(input, CommandFuzz::read);
    }
  }

  private static void read(byte[] input) {
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    Optional<CommandSet> whole = decoded(bytes);
    Optional<CommandSet> inFragments = inFragments(bytes, 1 + (input[0] & 0xFF));
    if (bytes.length <= MessageReader.COMMAND_BYTES_MAX) {
      same(whole, inFragments, "in fragments");
    }
    if (whole.isPresent()) {
      same(whole, decoded(whole.get().encode()), "once it was encoded");
      look(whole.get());
    }
  }

  private static Optional<CommandSet> decoded(byte[] bytes) {
    try {
      return Optional.of(CommandSet.decode(bytes, bytes.length));
    } catch (PduException _) {
      return Optional.empty();
    }
  }

  private static void same(Optional<CommandSet> one, Optional<CommandSet> other, String how) {
    if (!Arrays.equals(
        one.map(CommandSet::encode).orElse(null), other.map(CommandSet::encode).orElse(null))) {
      throw new AssertionError("another command set " + how);
    }
  }

  private static void look(CommandSet command) {
    for (int tag : TAGS) {
      if (!command.contains(tag)
          && (command.us(tag).isPresent()
              || command.uid(tag).isPresent()
              || command.text(tag).isPresent()
              || !command.tags(tag).isEmpty())) {
        throw new AssertionError("a value of what is not there");
      }
      command.us(tag);
      command.uid(tag);
      command.text(tag);
      command.tags(tag);
    }
    SubOperations.of(command);
    Response response =
        new Work.Asked(command, command.us(CommandTag.COMMAND_FIELD).orElse(1), 1)
            .answer(new Status(0xC000, "why", command.tags(CommandTag.OFFENDING_ELEMENT)));
    byte[] encoded = response.command().build().encode();
    if (decoded(encoded).isEmpty()) {
      throw new AssertionError("a response that can't be read");
    }
  }

  /// As presentation data values of `step` bytes.
  private static Optional<CommandSet> inFragments(byte[] bytes, int step) {
    Pieces pieces = new Pieces(bytes, step);
    try {
      Message message = new MessageReader(pieces, id -> id == CONTEXT).next();
      if (pieces.at != bytes.length) {
        throw new AssertionError("not read to its end");
      }
      return Optional.of(message.command());
    } catch (IOException e) {
      if (!pieces.refused) {
        throw new AssertionError("neither read nor refused", e);
      }
      return Optional.empty();
    }
  }

  private static final class Pieces implements PdvSource {
    private final byte[] bytes;
    private final int step;
    private int at;
    private int left;
    private boolean refused;

    Pieces(byte[] bytes, int step) {
      this.bytes = bytes;
      this.step = step;
    }

    @Override
    public PdvHeader next() {
      left = Math.min(step, bytes.length - at);
      return new PdvHeader(CONTEXT, left, true, at + left == bytes.length);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = Math.min(length, left);
      System.arraycopy(bytes, at, into, offset, count);
      at += count;
      left -= count;
      return count;
    }

    @Override
    public IOException refuse(PduException why) {
      refused = true;
      return new IOException(why);
    }
  }
}
