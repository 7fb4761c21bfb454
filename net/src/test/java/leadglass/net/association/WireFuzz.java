package leadglass.net.association;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DicomException;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.CommandTag;
import leadglass.net.dimse.Dispatcher;
import leadglass.net.dimse.Message;
import leadglass.net.dimse.MessageReader;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Response;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.SmallDataSets;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.dimse.Work;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PduDecoder;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduType;
import leadglass.net.ul.Rejection;
import leadglass.net.ul.State;

/// Whatever a peer sends on a connection: the upper layer of either side, the messages on it, the
/// data sets in fragments. Or one PDU alone.
///
/// The first byte says which. What comes back has to be PDUs that can be read, none behind an
/// A-ABORT but another one, and the upper layer has to be at its end.
public final class WireFuzz {
  static final int ACCEPTOR = 0;
  static final int REQUESTOR = 1;
  static final int RELEASING = 2;
  static final int PDU = 3;

  static final Uid FIND = new Uid("1.2.840.10008.5.1.4.1.2.2.1");
  static final AcceptorSettings SETTINGS = RunningAcceptor.patient();

  private static final UpperLayer.Bounds BOUNDS =
      new UpperLayer.Bounds(32 << 10, 64 << 10, Duration.ofSeconds(1), Duration.ofSeconds(1));

  static final Proposal PROPOSAL =
      Proposal.of("ARCHIVE", "SCU")
          .context(Services.VERIFICATION, RunningAcceptor.SYNTAXES)
          .context(RunningAcceptor.CT, RunningAcceptor.SYNTAXES)
          .context(FIND, RunningAcceptor.SYNTAXES)
          .role(RunningAcceptor.CT, true, true)
          .extended(FIND, "010101")
          .window(8, 8)
          .build();

  static final Services<String> SERVICES =
      Services.<String>builder()
          .echo(_ -> Status.success())
          .store(RunningAcceptor.CT, (_, request, dataSet) -> store(request, dataSet))
          .operations(
              FIND, Set.of(CommandField.C_FIND_RQ), (_, _, _) -> Outcome.of(Status.success()))
          .build();

  /// Accepts whatever is served, and answers to service class information as queries do.
  static final ContextPolicy POLICY =
      new ContextPolicy() {
        @Override
        public Verdict decide(Uid abstractSyntax) {
          return RunningAcceptor.everything(abstractSyntax);
        }

        @Override
        public Roles roles(Uid abstractSyntax, Roles proposed) {
          return proposed;
        }

        @Override
        public Optional<String> extended(Uid abstractSyntax, String information) {
          return information.isEmpty()
              ? Optional.empty()
              : Optional.of(information.substring(0, Math.min(information.length(), 14)));
        }
      };

  private static final TimedSocket TIMER = timer();

  private WireFuzz() {}

  private static TimedSocket timer() {
    try {
      return new TimedSocket(new Socket(), InstantSource.fixed(Instant.EPOCH));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads in pieces, as a service would.
  private static StoreScp.Taken store(StoreScp.Request request, InputStream dataSet)
      throws IOException {
    byte[] piece = new byte[512];
    long bytes = 0;
    for (int read = dataSet.read(piece); read >= 0; read = dataSet.read(piece)) {
      bytes += read;
    }
    String length = bytes + " bytes";
    return () -> Status.of(request.sopInstance().value().length() > 40 ? 0xB000 : 0, length);
  }

  /// Jazzer's entry.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length >= 2) {
      Cost.bounded(input, WireFuzz::read);
    }
  }

  private static void read(byte[] input) {
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0] & 3) {
      case ACCEPTOR -> accept(rest);
      case REQUESTOR -> request(rest, false);
      case RELEASING -> request(rest, true);
      default -> pdu(rest);
    }
  }

  /// @return what was sent back
  static byte[] accept(byte[] sent) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UpperLayer layer = layer(sent, out, false);
    try {
      Pdu.AAssociateRq request = layer.awaitAssociateRq();
      Optional<Rejection> refusal = Negotiation.refusal(request);
      if (refusal.isPresent()) {
        layer.reject(new Pdu.AAssociateRj(refusal.get()));
      } else {
        Negotiation negotiation =
            Negotiation.of(request, SERVICES.sopClasses(), POLICY, false, SETTINGS);
        layer.accept(negotiation.answer());
        converse(layer, negotiation.agreed());
      }
    } catch (IOException _) {
      // That is how every association ends.
    }
    return ended(layer, out);
  }

  /// @param releasing whether this side has asked to end it before it reads
  /// @return what was sent back
  static byte[] request(byte[] sent, boolean releasing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    UpperLayer layer = layer(sent, out, true);
    Pdu.AAssociateRq request =
        PROPOSAL.request(
            SETTINGS.pduBytesMax(),
            SETTINGS.implementationClass(),
            SETTINGS.implementationVersion());
    try {
      Agreed agreed = RequestedAssociation.agreed(PROPOSAL, request, layer.associate(request));
      if (agreed.peerPduBytesMax() != 0 && agreed.peerPduBytesMax() < 8) {
        layer.abort(NetEvent.Ending.PROTOCOL_ERROR);
      } else {
        if (releasing) {
          layer.release();
        }
        converse(layer, agreed);
      }
    } catch (IOException _) {
      // That is how every association ends.
    }
    return ended(layer, out);
  }

  private static UpperLayer layer(byte[] sent, ByteArrayOutputStream out, boolean requestor) {
    Transport.Link link =
        new Transport.Link(new ByteArrayInputStream(sent), out, List.of(), () -> {});
    return new UpperLayer(TIMER, link, BOUNDS, requestor, () -> false, () -> true);
  }

  private static void converse(UpperLayer layer, Agreed agreed) throws IOException {
    MessageReader reader = new MessageReader(layer, agreed.contexts()::containsKey);
    Dispatcher<String> dispatcher = new Dispatcher<>(SERVICES);
    MessageWriter writer = new MessageWriter(layer, agreed.peerPduBytesMax());
    while (true) {
      layer.awaitMessage();
      Message message = reader.next();
      AcceptedContext context = Objects.requireNonNull(agreed.contexts().get(message.contextId()));
      try {
        int field = message.command().us(CommandTag.COMMAND_FIELD).orElse(0);
        if ((field & CommandField.RESPONSE) != 0) {
          response(context, message);
        } else {
          answer(writer, context, dispatcher.serve("peer", context, message, agreed.requestor()));
        }
      } catch (PduException e) {
        throw layer.refuse(e);
      }
    }
  }

  private static void response(AcceptedContext context, Message message) throws IOException {
    InputStream dataSet = message.dataSet();
    if (dataSet != null) {
      try {
        SmallDataSets.read(dataSet, context.transferSyntax());
      } catch (DicomException _) {
        // What the conversation ends with.
      }
    }
    message.drain();
  }

  private static void answer(MessageWriter writer, AcceptedContext context, Work work)
      throws IOException {
    Response response =
        switch (work) {
          case Work.Answered(Response known) -> known;
          case Work.Taken(Work.Asked asked, StoreScp.Taken taken) -> asked.answer(taken.outcome());
          case Work.Begun<?> begun -> begun.asked().answer(Status.success());
          case Work.Cancelled _ -> null;
        };
    if (response != null) {
      byte[] command =
          response
              .command()
              .us(CommandTag.COMMAND_DATA_SET_TYPE, CommandSet.NO_DATA_SET)
              .build()
              .encode();
      writer.write(context, command, null);
    }
  }

  private static byte[] ended(UpperLayer layer, ByteArrayOutputStream out) {
    layer.awaitClose();
    if (layer.state() != State.STA_1) {
      throw new AssertionError("at the end in " + layer.state());
    }
    byte[] answered = out.toByteArray();
    ByteBuffer in = ByteBuffer.wrap(answered);
    boolean aborted = false;
    while (in.hasRemaining()) {
      PduType type = PduType.of(in.get()).orElseThrow();
      in.get();
      int length = in.getInt();
      try {
        PduDecoder.decode(type, in.slice(in.position(), length));
      } catch (PduException e) {
        throw new AssertionError("what we sent is no PDU", e);
      }
      in.position(in.position() + length);
      if (aborted && type != PduType.A_ABORT) {
        throw new AssertionError(type + " behind an A-ABORT");
      }
      aborted |= type == PduType.A_ABORT;
    }
    return answered;
  }

  /// Decoded, encoded and decoded again it is the same.
  private static void pdu(byte[] bytes) {
    PduType type = PduType.of(bytes[0]).orElse(PduType.P_DATA_TF);
    ByteBuffer body = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice();
    int length = body.remaining();
    Pdu pdu;
    try {
      pdu = PduDecoder.decode(type, body);
    } catch (PduException _) {
      return;
    }
    if (pdu instanceof Pdu.PDataTf(List<Pdu.Pdv> items)) {
      int counted = items.stream().mapToInt(each -> 6 + each.fragment().remaining()).sum();
      if (counted != length) {
        throw new AssertionError(length + " bytes hold " + counted);
      }
      return;
    }
    byte[] encoded = encoded(pdu);
    try {
      Pdu again =
          PduDecoder.decode(
              type, ByteBuffer.wrap(encoded, PduType.HEADER_BYTES, encoded.length - 6).slice());
      if (!again.equals(pdu)) {
        throw new AssertionError(type + " is another one once it was encoded");
      }
    } catch (PduException e) {
      throw new AssertionError(type + " can't be read once it was encoded", e);
    }
  }

  private static byte[] encoded(Pdu pdu) {
    return switch (pdu) {
      case Pdu.AAssociateRq rq -> PduEncoder.encode(rq);
      case Pdu.AAssociateAc ac -> PduEncoder.encode(ac);
      case Pdu.AAssociateRj rj -> PduEncoder.encode(rj);
      case Pdu.AReleaseRq rq -> PduEncoder.encode(rq);
      case Pdu.AReleaseRp rp -> PduEncoder.encode(rp);
      case Pdu.AAbort abort -> PduEncoder.encode(abort);
      case Pdu.PDataTf _ -> throw new IllegalStateException("has no encoder of its own");
    };
  }
}
