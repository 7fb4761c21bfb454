package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import leadglass.archive.DeviceVerb;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetWriter;
import leadglass.net.association.NetEvent.AssociationClosed;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Services;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What modalities of another age do, over TLS as an adapter would give it to them: each is named
/// in docs/conformance.md, "Old peers".
@SuppressWarnings("NullAway.Init")
class OldPeersTest {
  private static final String CT = Clinic.CT.value();
  private static final int STORE_CONTEXT = 3;

  @TempDir private static Path folder;
  private static Clinic clinic;

  @BeforeAll
  static void open() throws IOException {
    clinic = new Clinic(folder);
    clinic.enrol("CT1", Set.of(DeviceVerb.STORE, DeviceVerb.FIND), 0);
    clinic.reader("READ1");
  }

  @AfterAll
  static void close() throws IOException {
    clinic.close();
  }

  private static RawScu.Builder old(String... syntaxes) throws IOException {
    return RawScu.to(clinic.server.port())
        .tls(clinic.tls("CT1"))
        .called(Clinic.TITLE)
        .calling("CT1")
        .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
        .propose(
            CT, syntaxes.length == 0 ? new String[] {RawScu.EXPLICIT_VR_LITTLE_ENDIAN} : syntaxes);
  }

  private static String instance(int study, int number) {
    return Clinic.instance(study, 1, number).value();
  }

  private static byte[] image(int study, int number) throws IOException {
    return Clinic.encoded(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, study, 1, number);
  }

  /// What a workstation gets of a study.
  private static Pulled kept(int study) throws IOException {
    Pulled pulled = new Pulled();
    assertThat(pulled.get(clinic, Pulled.keys("STUDY", Clinic.study(study))).status()).isZero();
    return pulled;
  }

  private static List<DataSet> found(String patientId) throws IOException {
    Proposal proposal =
        Proposal.of(Clinic.TITLE, "CT1")
            .context(QueryModel.STUDY_ROOT.find(), List.of(Clinic.IMPLICIT))
            .build();
    DataSet keys =
        DataSet.builder()
            .text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, "STUDY")
            .text(Tag.PATIENT_ID, Vr.LO, patientId)
            .text(Tag.STUDY_INSTANCE_UID, Vr.UI)
            .build();
    try (RequestedAssociation association =
        clinic.associate("CT1", clinic.server.port(), proposal, Services.none(), "peer")) {
      QueryScu query = QueryScu.ask(association, QueryModel.STUDY_ROOT.find(), keys, Clinic.SOON);
      List<DataSet> matches = new ArrayList<>();
      for (var match = query.next(); match.isPresent(); match = query.next()) {
        matches.add(match.get());
      }
      assertThat(query.status()).isZero();
      return matches;
    }
  }

  @Test
  void pdusOf4KibAreTakenAndNoLongerOnesAreSent() throws Exception {
    byte[] pixels = new byte[50_000];
    DataSet large =
        Clinic.image(Clinic.CT, 20, 1, 1)
            .add(new Element.Value(Tag.PIXEL_DATA, Vr.OW, pixels))
            .build();
    ByteArrayOutputStream dataSet = new ByteArrayOutputStream();
    new DataSetWriter(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).write(large);
    try (RawScu scu = old().pduBytes(4096).ownPduBytesMax(4096).open()) {
      assertThat(scu.store(STORE_CONTEXT, CT, instance(20, 1), dataSet.toByteArray()).status())
          .isZero();
      scu.send(echo(scu));
      assertThat(scu.receive().body().length).isLessThanOrEqualTo(4096);
      scu.release();
    }
    assertThat(kept(20).instances.get(Clinic.instance(20, 1, 1))).isEqualTo(dataSet.toByteArray());
  }

  private static byte[] echo(RawScu scu) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    RawPdu.fragments(
        frame,
        1,
        true,
        RawPdu.command(
            0x0002, RawScu.VERIFICATION, 0x0100, 0x30, 0x0110, scu.nextMessageId(), 0x0800, 0x0101),
        4096);
    return frame.toByteArray();
  }

  @Test
  void valuesOfOddLengthAreKeptAsTheyCome() throws Exception {
    byte[] odd = withPatientId(image(21, 1), "ODD");

    try (RawScu scu = old().open()) {
      assertThat(scu.store(STORE_CONTEXT, CT, instance(21, 1), odd).status()).isZero();
      scu.release();
    }
    assertThat(kept(21).instances.get(Clinic.instance(21, 1, 1))).isEqualTo(odd);
    assertThat(found("ODD")).hasSize(1);
  }

  @Test
  void zerosBehindTextAndUidsMeanNothing() throws Exception {
    byte[] padded = withPatientId(image(22, 1), "NUL-22\0\0");

    try (RawScu scu = old().open()) {
      assertThat(scu.store(STORE_CONTEXT, CT, instance(22, 1) + "\0\0\0", padded).status())
          .isZero();
      scu.release();
    }
    assertThat(kept(22).instances.get(Clinic.instance(22, 1, 1))).isEqualTo(padded);
    assertThat(found("NUL-22")).hasSize(1);
  }

  @Test
  void zerosBehindAeTitlesMeanNothing() throws Exception {
    try (RawScu scu =
        old().called(Clinic.TITLE + "\0".repeat(7)).calling("CT1" + "\0".repeat(13)).open()) {
      assertThat(scu.echo().status()).isZero();
      scu.release();
    }
  }

  @Test
  void aPeerThatKnowsImplicitVrAloneStoresAndFinds() throws Exception {
    byte[] implicit = Clinic.encoded(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, 23, 1, 1);

    try (RawScu scu = old(RawScu.IMPLICIT_VR_LITTLE_ENDIAN).open()) {
      assertThat(scu.echo().status()).isZero();
      assertThat(scu.store(STORE_CONTEXT, CT, instance(23, 1), implicit).status()).isZero();
      scu.release();
    }
    assertThat(found("ID23")).hasSize(1);
    assertThat(kept(23).instances).containsOnlyKeys(Clinic.instance(23, 1, 1));
  }

  /// More of them than may be open at a time, none closed before the next one comes.
  @Test
  void manyAssociationsOfOneImageEachAreTaken() throws Exception {
    int many = 40;
    List<RawScu> unclosed = new ArrayList<>();
    try {
      for (int number = 1; number <= many; number++) {
        RawScu scu = old().open();
        unclosed.add(scu);
        assertThat(scu.store(STORE_CONTEXT, CT, instance(24, number), image(24, number)).status())
            .isZero();
        scu.release();
      }
    } finally {
      for (RawScu each : unclosed) {
        each.close();
      }
    }
    assertThat(kept(24).instances).hasSize(many);
  }

  @Test
  @Timeout(60)
  void anAssociationThatIsNeverReleasedKeepsWhatWasAnswered() throws Exception {
    clinic.events.clear();
    try (RawScu scu = old().open()) {
      assertThat(scu.store(STORE_CONTEXT, CT, instance(25, 1), image(25, 1)).status()).isZero();
    }
    while (clinic.events.stream().noneMatch(AssociationClosed.class::isInstance)) {
      Thread.onSpinWait();
    }
    assertThat(kept(25).instances).containsOnlyKeys(Clinic.instance(25, 1, 1));
    try (RawScu again = old().open()) {
      assertThat(again.echo().status()).isZero();
      again.release();
    }
  }

  @Test
  void aMaximumLengthOfZeroIsNoLimit() throws Exception {
    try (RawScu scu = old().ownPduBytesMax(0).open()) {
      assertThat(scu.store(STORE_CONTEXT, CT, instance(26, 1), image(26, 1)).status()).isZero();
      scu.release();
    }
  }

  @Test
  void aMaximumLengthThatIsNotSentIsNoLimit() throws Exception {
    byte[] whole =
        RawPdu.associateRq(
                Clinic.TITLE,
                "CT1",
                List.of(
                    new RawPdu.Context(
                        1, RawScu.VERIFICATION, List.of(RawScu.IMPLICIT_VR_LITTLE_ENDIAN))),
                4711,
                new byte[0])
            .encode();
    try (RawScu scu = old().connect()) {
      scu.send(withoutMaximumLength(whole));
      assertThat(scu.receive().type()).isEqualTo(RawPdu.ASSOCIATE_AC);
      scu.send(echo(scu));
      assertThat(scu.reply().status()).isZero();
      scu.release();
    }
  }

  /// The user information item is the last, its maximum length sub-item the first in it.
  private static byte[] withoutMaximumLength(byte[] pdu) {
    int at = new String(pdu, StandardCharsets.ISO_8859_1).indexOf("Q\0\0\4");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(pdu, 0, at);
    out.write(pdu, at + 8, pdu.length - at - 8);
    byte[] shorter = out.toByteArray();
    ByteBuffer fields = ByteBuffer.wrap(shorter);
    fields.putInt(2, shorter.length - 6);
    fields.putShort(at - 2, (short) (shorter.length - at));
    return shorter;
  }

  /// An explicit VR data set with this Patient ID instead of its own, as it is.
  private static byte[] withPatientId(byte[] dataSet, String value) {
    byte[] header = {0x10, 0, 0x20, 0, 'L', 'O'};
    int at =
        new String(dataSet, StandardCharsets.ISO_8859_1)
            .indexOf(new String(header, StandardCharsets.ISO_8859_1));
    int own = ByteBuffer.wrap(dataSet).order(java.nio.ByteOrder.LITTLE_ENDIAN).getChar(at + 6);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(dataSet, 0, at + 6);
    out.write(value.length());
    out.write(0);
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(Arrays.copyOfRange(dataSet, at + 8 + own, dataSet.length));
    return out.toByteArray();
  }
}
