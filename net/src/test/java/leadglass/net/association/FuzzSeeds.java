package leadglass.net.association;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.PartTen;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.Rejection;
import leadglass.net.ul.UserInformation;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;

/// What fuzzing begins with: small, and made by encoders of our own, patients synthetic.
final class FuzzSeeds {
  private static final String CT = RunningAcceptor.CT.value();
  private static final String INSTANCE = "2.25.42.1.1";

  private FuzzSeeds() {}

  /// By target, by name.
  static Map<String, Map<String, byte[]>> all() throws IOException {
    Map<String, Map<String, byte[]>> all = new LinkedHashMap<>();
    all.put("wire", wire());
    all.put("command", commands());
    all.put("data-set", dataSets());
    all.put("negotiation", negotiation());
    return all;
  }

  private static byte[] of(int first, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] request() {
    return PduEncoder.encode(WireFuzz.PROPOSAL.request(16 << 10, new Uid("2.25.7"), "SEED"));
  }

  static byte[] answer() {
    Pdu.AAssociateRq request = WireFuzz.PROPOSAL.request(16 << 10, new Uid("2.25.7"), "SEED");
    return PduEncoder.encode(
        Negotiation.of(
                request, WireFuzz.SERVICES.sopClasses(), WireFuzz.POLICY, false, WireFuzz.SETTINGS)
            .answer());
  }

  private static byte[] message(int context, byte[] command, byte[] dataSet, int pduBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RawPdu.fragments(out, context, true, command, pduBytes);
    if (dataSet.length > 0) {
      RawPdu.fragments(out, context, false, dataSet, pduBytes);
    }
    return out.toByteArray();
  }

  private static byte[] echo() {
    return RawPdu.command(0x0002, RawScu.VERIFICATION, 0x0100, 0x30, 0x0110, 1, 0x0800, 0x0101);
  }

  private static byte[] store() {
    return RawPdu.command(0x0002, CT, 0x0100, 1, 0x0110, 2, 0x0700, 0, 0x0800, 1, 0x1000, INSTANCE);
  }

  private static byte[] find() {
    return RawPdu.command(
        0x0002, WireFuzz.FIND.value(), 0x0100, 0x20, 0x0110, 3, 0x0700, 0, 0x0800, 1);
  }

  private static Map<String, byte[]> wire() throws IOException {
    Map<String, byte[]> seeds = new TreeMap<>();
    byte[] keys =
        DataSetFuzz.written(
            DataSet.builder().text(Tag.PATIENT_ID, Vr.LO, "SYN-1").build(),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    byte[] image = DataSetFuzz.written(image(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    byte[] release = PduEncoder.encode(new Pdu.AReleaseRq());
    byte[] cancel = RawPdu.command(0x0100, 0x0FFF, 0x0120, 3, 0x0800, 0x0101);
    byte[] told =
        RawPdu.command(
            0x0002, WireFuzz.FIND.value(), 0x0100, 0x8020, 0x0120, 1, 0x0800, 1, 0x0900, 0xFF00);
    seeds.put(
        "echo", of(WireFuzz.ACCEPTOR, request(), message(1, echo(), new byte[0], 64), release));
    seeds.put("store", of(WireFuzz.ACCEPTOR, request(), message(3, store(), image, 4096), release));
    seeds.put(
        "store-in-pieces",
        of(WireFuzz.ACCEPTOR, request(), message(3, store(), image, 60), release));
    seeds.put(
        "find",
        of(
            WireFuzz.ACCEPTOR,
            request(),
            message(5, find(), keys, 4096),
            message(5, cancel, new byte[0], 4096),
            release));
    seeds.put(
        "aborted",
        of(WireFuzz.ACCEPTOR, request(), PduEncoder.encode(new Pdu.AAbort(0, 0)), release));
    seeds.put(
        "answered",
        of(
            WireFuzz.REQUESTOR,
            answer(),
            message(5, told, keys, 4096),
            message(3, store(), image, 4096),
            release));
    seeds.put(
        "crossing",
        of(WireFuzz.RELEASING, answer(), release, PduEncoder.encode(new Pdu.AReleaseRp())));
    seeds.put(
        "rejected",
        of(
            WireFuzz.REQUESTOR,
            PduEncoder.encode(new Pdu.AAssociateRj(Rejection.LOCAL_LIMIT_EXCEEDED))));
    byte[] rq = request();
    byte[] ac = answer();
    seeds.put("pdu-request", of(WireFuzz.PDU, alone(rq)));
    seeds.put("pdu-answer", of(WireFuzz.PDU, alone(ac)));
    seeds.put("pdu-data", of(WireFuzz.PDU, alone(message(1, echo(), new byte[0], 4096))));
    return seeds;
  }

  /// Type and body.
  private static byte[] alone(byte[] pdu) {
    return of(pdu[0], java.util.Arrays.copyOfRange(pdu, 6, pdu.length));
  }

  private static Map<String, byte[]> commands() {
    Map<String, byte[]> seeds = new TreeMap<>();
    seeds.put("echo", of(255, echo()));
    seeds.put("store", of(7, store()));
    seeds.put("find", of(30, find()));
    seeds.put(
        "response",
        of(
            1,
            RawPdu.command(
                0x0002,
                CT,
                0x0100,
                0x8001,
                0x0120,
                2,
                0x0800,
                0x0101,
                0x0900,
                0xA700,
                0x0901,
                new byte[] {0x28, 0, 0x10, 0},
                0x0902,
                "disk nearly full",
                0x1000,
                INSTANCE)));
    seeds.put(
        "move",
        of(
            100,
            RawPdu.command(
                0x0002,
                "1.2.840.10008.5.1.4.1.2.2.2",
                0x0100,
                0x21,
                0x0110,
                9,
                0x0600,
                "READ2 ",
                0x0700,
                1,
                0x0800,
                1,
                0x1020,
                3,
                0x1022,
                1)));
    return seeds;
  }

  private static DataSet image() {
    DataSet code =
        DataSet.builder()
            .utf8()
            .text(Tag.CODE_VALUE, Vr.SH, "T-1")
            .text(0x00080102, Vr.SH, "99SYN")
            .build();
    return DataSet.builder()
        .utf8()
        .uid(Tag.SOP_CLASS_UID, RunningAcceptor.CT)
        .uid(Tag.SOP_INSTANCE_UID, new Uid(INSTANCE))
        .text(Tag.MODALITY, Vr.CS, "CT")
        .sequence(0x00081032, List.of(code, DataSet.EMPTY))
        .text(0x00090010, Vr.LO, "SYNTHETIC")
        .add(new Element.Value(0x00091001, Vr.UN, new byte[] {1, 2, 3, 4}))
        .text(Tag.PATIENT_NAME, Vr.PN, "Nübel^Nobody=\u5c71\u7530")
        .text(Tag.PATIENT_ID, Vr.LO, "SYN-1")
        .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.42"))
        .us(Tag.SAMPLES_PER_PIXEL, 1)
        .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
        .text(Tag.NUMBER_OF_FRAMES, Vr.IS, "2")
        .us(Tag.ROWS, 2)
        .us(Tag.COLUMNS, 2)
        .us(Tag.BITS_ALLOCATED, 16)
        .us(Tag.BITS_STORED, 12)
        .us(Tag.HIGH_BIT, 11)
        .us(Tag.PIXEL_REPRESENTATION, 0)
        .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, new byte[16]))
        .build();
  }

  private static DataSet text(String characterSet, byte[] name) {
    return DataSet.builder()
        .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, characterSet)
        .add(new Element.Value(Tag.PATIENT_NAME, Vr.PN, name))
        .add(new Element.Value(0x00104000, Vr.LT, name))
        .build();
  }

  private static int index(TransferSyntax syntax) {
    return DataSetFuzz.SYNTAXES.indexOf(syntax);
  }

  private static Map<String, byte[]> dataSets() throws IOException {
    Map<String, byte[]> seeds = new TreeMap<>();
    for (TransferSyntax each :
        List.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
      String name = each.name().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-");
      seeds.put(name, of(index(each), DataSetFuzz.written(image(), each)));
    }
    int explicit = index(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    byte[] plain = DataSetFuzz.written(image(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    seeds.put(
        "file",
        of(
            explicit,
            PartTen.header(
                RunningAcceptor.CT,
                new Uid(INSTANCE),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()),
            plain));
    byte[] escapes = {
      'Y', '^', 'T', '=', 0x1B, 0x24, 0x42, 0x3B, 0x33, 0x45, 0x44, 0x1B, 0x28, 0x42, '^', '!'
    };
    seeds.put(
        "japanese",
        of(
            explicit,
            DataSetFuzz.written(
                text("\\ISO 2022 IR 87", escapes), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)));
    seeds.put(
        "chinese",
        of(
            explicit,
            DataSetFuzz.written(
                text("GB18030", new byte[] {(byte) 0xCD, (byte) 0xF5, '^', 'X'}),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)));
    seeds.put("fragments", of(encapsulated(), fragments()));
    seeds.put("zeros", of(index(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN), zeros()));
    return seeds;
  }

  private static int encapsulated() {
    return DataSetFuzz.SYNTAXES.stream()
        .filter(TransferSyntax::encapsulated)
        .findFirst()
        .map(FuzzSeeds::index)
        .orElseThrow();
  }

  private static byte[] fragments() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataSetWriter writer = new DataSetWriter(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    writer.value(Tag.NUMBER_OF_FRAMES, Vr.IS, new byte[] {'2', ' '});
    writer.header(Tag.PIXEL_DATA, Vr.OB, -1);
    writer.marker(Tag.ITEM, 8);
    out.writeBytes(new byte[] {0, 0, 0, 0, 12, 0, 0, 0});
    for (int frame = 0; frame < 2; frame++) {
      writer.marker(Tag.ITEM, 4);
      out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9});
    }
    writer.marker(Tag.SEQUENCE_DELIMITATION, 0);
    return out.toByteArray();
  }

  /// A value of zeros that deflates well.
  private static byte[] zeros() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
      new DataSetWriter(deflated, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
          .value(Tag.PIXEL_DATA, Vr.OB, new byte[60_000]);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> negotiation() {
    Map<String, byte[]> seeds = new TreeMap<>();
    byte[] usual = NegotiationFuzz.userInformation(request());
    seeds.put("request", of(0, usual));
    seeds.put("answer", of(1, NegotiationFuzz.userInformation(answer())));
    seeds.put("nothing", of(0, RawPdu.item(0x52, RawPdu.latin("2.25.1"))));
    UserInformation all =
        new UserInformation(
            0,
            "2.25.9",
            "OLD",
            new UserInformation.AsynchronousOperations(0, 3),
            List.of(new UserInformation.RoleSelection(CT, false, true)),
            List.of(new UserInformation.ExtendedNegotiation(WireFuzz.FIND.value(), "0100000101")),
            List.of(
                new UserInformation.CommonExtendedNegotiation(
                    CT, "1.2.840.10008.4.2", List.of("1.2.840.10008.5.1.4.1.1.2.1"))),
            new UserInformation.UserIdentity(2, true, "ito", "synthetic passcode"));
    Pdu.AAssociateRq rq = WireFuzz.PROPOSAL.request(0, new Uid("2.25.9"), "OLD");
    seeds.put(
        "everything",
        of(
            2,
            NegotiationFuzz.userInformation(
                PduEncoder.encode(
                    new Pdu.AAssociateRq(
                        1,
                        rq.calledField(),
                        rq.callingField(),
                        rq.reservedField(),
                        rq.applicationContext(),
                        rq.contexts(),
                        all)))));
    return seeds;
  }
}
