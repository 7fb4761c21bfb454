package leadglass.testkit.world;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import leadglass.testkit.RawPdu;

/// A DICOM server.
///
/// @param answers to what comes in an association
record DicomService(Manners manners, Answers answers, HostVisits visits) implements Behaviour {
  /// What a server says to a request.
  @FunctionalInterface
  interface Answers {
    void answer(DicomMessage message, DicomLine line) throws IOException;
  }

  @Override
  public void serve(Socket socket) throws IOException {
    DicomLine line = new DicomLine(socket);
    RawPdu first = line.receive();
    if (first.type() != RawPdu.ASSOCIATE_RQ) {
      line.send(new RawPdu(RawPdu.ABORT, new byte[] {0, 0, 2, 2}).encode());
      return;
    }
    AssociateRequest request = AssociateRequest.parse(first.body());
    byte[] farewell;
    visits.associationBegins(request.called());
    try {
      farewell = associated(line, request);
    } finally {
      visits.associationEnds();
    }
    // After its end was counted: whoever reads this may ask for the next one at once.
    line.send(farewell);
    Sockets.farewell(socket);
  }

  /// @return what is said last; empty if nothing is
  private byte[] associated(DicomLine line, AssociateRequest request) throws IOException {
    Optional<List<Integer>> refusal = manners.refusal().of(request);
    if (refusal.isPresent()) {
      List<Integer> why = refusal.get();
      byte[] body = {0, why.get(0).byteValue(), why.get(1).byteValue(), why.get(2).byteValue()};
      return new RawPdu(RawPdu.ASSOCIATE_RJ, body).encode();
    }
    line.accepted(request, manners);
    line.send(manners.acceptance(request));
    while (true) {
      RawPdu pdu = line.receive();
      switch (pdu.type()) {
        case RawPdu.P_DATA_TF -> message(line, pdu);
        case RawPdu.RELEASE_RQ -> {
          return new RawPdu(RawPdu.RELEASE_RP, new byte[4]).encode();
        }
        case RawPdu.ABORT -> {
          return new byte[0];
        }
        default -> {
          return new RawPdu(RawPdu.ABORT, new byte[] {0, 0, 2, 2}).encode();
        }
      }
    }
  }

  private void message(DicomLine line, RawPdu pdu) throws IOException {
    visits.associationUsed();
    Optional<DicomMessage> whole = line.take(pdu);
    if (whole.isEmpty()) {
      return;
    }
    DicomMessage message = whole.get();
    switch (message.field()) {
      case DicomMessage.STORE -> {
        visits.stored();
        line.reply(message.context(), message.response(DicomMessage.OUT_OF_RESOURCES, false));
      }
      case DicomMessage.ECHO ->
          line.reply(message.context(), message.response(DicomMessage.SUCCESS, false));
      case DicomMessage.CANCEL -> {
        // What it was about has been answered.
      }
      case DicomMessage.FIND, DicomMessage.GET, DicomMessage.MOVE -> answers.answer(message, line);
      default -> line.reply(message.context(), message.response(DicomMessage.UNRECOGNIZED, false));
    }
    line.flush();
  }
}
