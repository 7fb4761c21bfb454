package leadglass.survey.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.io.PartTen;
import leadglass.net.ul.AnsweredContext;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PduDecoder;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduType;
import leadglass.net.ul.ProposedContext;
import leadglass.net.ul.UserInformation;
import leadglass.net.ul.UserInformation.UserIdentity;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// A request for an association, and what comes back (PS3.8 §9.3.2 to §9.3.4).
///
/// @param nonsense propose a SOP class that does not exist, too
/// @param identity of nobody, to see whether it is read; empty for none
public record Question(
    Titles titles,
    Collection<Context> contexts,
    Optional<String> nonsense,
    Optional<UserIdentity> identity) {

  static final int NONSENSE_ID = 255;
  private static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";
  private static final String IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  private static final String IMPLEMENTATION_CLASS = PartTen.IMPLEMENTATION_CLASS.value();
  private static final int ANSWER_BYTES_MAX = 64 << 10;

  public Question(Titles titles, Collection<Context> contexts) {
    this(titles, contexts, Optional.empty(), Optional.empty());
  }

  /// Asks on a fresh line, which the answer closes, or this does.
  ///
  /// @throws WireFault if the line ends before an answer
  public Answer ask(Line line) throws IOException {
    boolean kept = false;
    try {
      line.write(PduEncoder.encode(request()));
      Answer answer = answer(line);
      kept = answer instanceof Answer.Accepted;
      return answer;
    } finally {
      if (!kept) {
        line.close();
      }
    }
  }

  private Pdu.AAssociateRq request() {
    List<ProposedContext> proposed = new ArrayList<>();
    for (Context each : contexts) {
      proposed.add(
          new ProposedContext(Asked.id(each), each.sopClass(), List.of(IMPLICIT_VR_LITTLE_ENDIAN)));
    }
    nonsense.ifPresent(uid ->
        proposed.add(new ProposedContext(NONSENSE_ID, uid, List.of(IMPLICIT_VR_LITTLE_ENDIAN))));
    return new Pdu.AAssociateRq(
        1,
        field(titles.called()),
        field(titles.calling()),
        "\0".repeat(32),
        APPLICATION_CONTEXT,
        proposed,
        new UserInformation(
            Asked.PDU_BYTES_MAX,
            IMPLEMENTATION_CLASS,
            Titles.OURS,
            null,
            List.of(),
            List.of(),
            List.of(),
            identity.orElse(null)));
  }

  private static String field(String title) {
    return title + " ".repeat(16 - title.length());
  }

  private Answer answer(Line line) throws IOException {
    byte[] header = new byte[PduType.HEADER_BYTES];
    int read = readSome(line, header);
    Optional<PduType> type = PduType.of(header[0]);
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(2));
    if (read < header.length || type.isEmpty() || header[1] != 0 || length > ANSWER_BYTES_MAX) {
      return new Answer.NotDicom(Tongue.of(header, read));
    }
    byte[] body = new byte[(int) length];
    try {
      line.read(body, 0, body.length);
      return switch (PduDecoder.decode(type.get(), ByteBuffer.wrap(body))) {
        case Pdu.AAssociateAc accept -> accepted(line, accept);
        case Pdu.AAssociateRj reject -> new Answer.Rejected(Optional.of(reject.rejection()));
        case Pdu.AAbort _ -> new Answer.Aborted();
        case Pdu.AAssociateRq _, Pdu.PDataTf _, Pdu.AReleaseRq _, Pdu.AReleaseRp _ ->
            new Answer.NotDicom(Tongue.NONE);
      };
    } catch (PduException _) {
      return type.get() == PduType.A_ASSOCIATE_RJ
          ? new Answer.Rejected(Optional.empty())
          : new Answer.NotDicom(Tongue.NONE);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /// As much of the header as comes.
  private static int readSome(Line line, byte[] header) throws IOException {
    for (int i = 0; i < header.length; i++) {
      int octet;
      try {
        octet = line.readOrEnd();
      } catch (WireFault e) {
        if (i == 0) {
          throw e;
        }
        return i;
      }
      if (octet < 0) {
        if (i == 0) {
          throw new WireFault(WireFault.Kind.ENDED);
        }
        return i;
      }
      header[i] = (byte) octet;
    }
    return header.length;
  }

  private Answer accepted(Line line, Pdu.AAssociateAc accept) {
    EnumSet<Context> accepted = EnumSet.noneOf(Context.class);
    boolean nonsenseAccepted = false;
    for (AnsweredContext each : accept.contexts()) {
      if (each.accepted() && each.id() == NONSENSE_ID) {
        nonsenseAccepted = nonsense.isPresent();
      } else if (each.accepted()) {
        contexts.stream().filter(context -> Asked.id(context) == each.id()).forEach(accepted::add);
      }
    }
    UserInformation user = accept.userInformation();
    return new Answer.Accepted(
        new Asked(
            line,
            accepted,
            nonsenseAccepted,
            user.identityAnswer() != null,
            Makers.of(user.implementationClassUid(), user.implementationVersionName()),
            user.pduBytesMax()));
  }
}
