package leadglass.testkit.world;

import java.io.IOException;
import java.util.Map;
import leadglass.testkit.RawPdu;

/// A request, and how its answers begin.
///
/// @param dataSet encoded as its context says; empty if there is none
record DicomMessage(
    DicomLine.Context context,
    int field,
    int id,
    String sopClass,
    boolean hasDataSet,
    String destination,
    byte[] dataSet) {
  static final int STORE = 0x0001;
  static final int GET = 0x0010;
  static final int FIND = 0x0020;
  static final int MOVE = 0x0021;
  static final int ECHO = 0x0030;
  static final int CANCEL = 0x0FFF;

  static final int SUCCESS = 0x0000;
  static final int PENDING = 0xFF00;
  static final int CANCELLED = 0xFE00;
  static final int NOT_AUTHORIZED = 0x0124;
  static final int UNRECOGNIZED = 0x0211;
  static final int OUT_OF_RESOURCES = 0xA700;
  static final int UNKNOWN_DESTINATION = 0xA801;
  static final int MISMATCH = 0xA900;
  static final int UNABLE = 0xC000;

  private static final int NO_DATA_SET = 0x0101;

  /// @param elements of the command set, as text
  static DicomMessage of(DicomLine.Context context, byte[] command, Map<Integer, String> elements) {
    return new DicomMessage(
        context,
        us(command, 0x0100),
        us(command, 0x0110),
        elements.getOrDefault(0x0002, context.abstractSyntax()),
        us(command, 0x0800) != NO_DATA_SET,
        elements.getOrDefault(0x0600, ""),
        new byte[0]);
  }

  /// The value of an element of VR US in implicit VR little endian; the command set was found to be
  /// well formed. What isn't there is as if there were no data set.
  private static int us(byte[] command, int element) {
    int at = 0;
    while (at + 10 <= command.length) {
      int length = (command[at + 4] & 0xFF) | (command[at + 5] & 0xFF) << 8;
      if (((command[at + 2] & 0xFF) | (command[at + 3] & 0xFF) << 8) == element && length == 2) {
        return (command[at + 8] & 0xFF) | (command[at + 9] & 0xFF) << 8;
      }
      at += 8 + length;
    }
    return NO_DATA_SET;
  }

  DicomMessage with(byte[] set) {
    return new DicomMessage(context, field, id, sopClass, hasDataSet, destination, set);
  }

  Map<Integer, String> attributes() throws IOException {
    return Attributes.decode(dataSet, context.explicit());
  }

  /// A response's command set.
  byte[] response(int status, boolean withDataSet) {
    return RawPdu.command(
        0x0002,
        sopClass,
        0x0100,
        field | 0x8000,
        0x0120,
        id,
        0x0800,
        withDataSet ? 1 : NO_DATA_SET,
        0x0900,
        status);
  }

  /// With an error comment.
  byte[] failure(int status, String comment) {
    return RawPdu.command(
        0x0002,
        sopClass,
        0x0100,
        field | 0x8000,
        0x0120,
        id,
        0x0800,
        NO_DATA_SET,
        0x0900,
        status,
        0x0902,
        comment);
  }

  /// Of a retrieval of nothing.
  byte[] nothingRetrieved() {
    return RawPdu.command(
        0x0002,
        sopClass,
        0x0100,
        field | 0x8000,
        0x0120,
        id,
        0x0800,
        NO_DATA_SET,
        0x0900,
        SUCCESS,
        0x1021,
        0,
        0x1022,
        0,
        0x1023,
        0);
  }
}
