package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.association.RetrieveScu;
import leadglass.net.association.RetrieveScu.Retrieved;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Requests;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.dimse.SubOperations;
import leadglass.net.tls.SecureClient;
import leadglass.testkit.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else's archive that we retrieve from: DCMTK's `dcmqrscp`, which speaks no TLS, behind
/// stunnel.
class DcmqrscpTest {
  private static final Uid STUDY_ROOT_FIND = new Uid("1.2.840.10008.5.1.4.1.2.2.1");
  private static final Uid STUDY_ROOT_GET = new Uid("1.2.840.10008.5.1.4.1.2.2.3");
  private static final Uid STUDY_ROOT_MOVE = new Uid("1.2.840.10008.5.1.4.1.2.2.2");
  private static final Uid CT = new Uid(Made.CT);
  private static final List<Uid> EXPLICIT = List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid());
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int INSTANCES = 5;

  @TempDir private Path folder;

  private static Made made(int number) {
    return new Made(
        new Made.Patient("ISO_IR 192", "Nobody^Érika", "ID77"),
        "2.25.771",
        "2.25.771.1",
        "2.25.771.1." + number,
        32);
  }

  private Tool dcmqrscp(int port) throws IOException {
    Files.createDirectories(folder.resolve("store"));
    Path configuration = folder.resolve("dcmqrscp.cfg");
    Files.writeString(
        configuration,
        """
        NetworkTCPPort = PORT
        MaxPDUSize = 16384
        MaxAssociations = 8
        HostTable BEGIN
        HostTable END
        VendorTable BEGIN
        VendorTable END
        AETable BEGIN
        OTHER FOLDER/store RW (20, 64mb) ANY
        AETable END
        """
            .replace("PORT", Integer.toString(port))
            .replace("FOLDER", folder.toString()));
    return Tool.start(
        folder.resolve("dcmqrscp.log"),
        List.of(
            Tool.find("dcmqrscp").orElseThrow().toString(), "-v", "-c", configuration.toString()));
  }

  private Tool tunnel(int port) throws IOException {
    Path configuration = folder.resolve("stunnel.conf");
    Files.writeString(
        configuration,
        """
        foreground = yes
        pid =
        debug = info
        [dicom]
        accept = 127.0.0.1:0
        connect = 127.0.0.1:PORT
        key = FOLDER/key.pem
        cert = FOLDER/cert.pem
        retry = no
        """
            .replace("PORT", Integer.toString(port))
            .replace("FOLDER", folder.toString()));
    return Tool.start(
        folder.resolve("stunnel.log"),
        List.of(Tool.find("stunnel").orElseThrow().toString(), configuration.toString()));
  }

  private static RequestedAssociation open(
      int port, X509Certificate known, Proposal.Builder proposal, Services<String> services)
      throws Exception {
    return RequestedAssociation.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        SecureClient.of(
            new KeyManager[0], chain -> chain.getFirst().equals(known), Clock.systemUTC()),
        proposal.build(),
        services,
        "peer",
        RequestorSettings.defaults(new Uid("2.25.7"), "TEST"),
        Clock.systemUTC(),
        _ -> {});
  }

  private static Proposal.Builder proposal() {
    return Proposal.of("OTHER", "LEADGLASS");
  }

  private static DataSet study() {
    return DataSet.builder()
        .text(0x00080052, Vr.CS, "STUDY")
        .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.771"))
        .build();
  }

  @Test
  void whatWeSentToItWeGetBackByteForByte() throws Exception {
    assumeTrue(
        Tool.find("stunnel").isPresent() && Tool.find("dcmqrscp").isPresent(),
        "no stunnel or no dcmqrscp: install stunnel4 and dcmtk");
    TestCertificate own = TestCertificate.selfSigned("localhost", TestCertificate.Kind.RSA);
    own.write(folder.resolve("key.pem"), folder.resolve("cert.pem"));
    int plain;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      plain = free.getLocalPort();
    }
    try (Tool archive = dcmqrscp(plain);
        Tool tunnel = tunnel(plain)) {
      Tool.awaitListening(plain);
      int port = Integer.parseInt(tunnel.await("bound to 127\\.0\\.0\\.1:(\\d+)").group(1));
      try (RequestedAssociation association =
          open(port, own.certificate(), proposal().context(CT, EXPLICIT), Services.none())) {
        for (int number = 1; number <= INSTANCES; number++) {
          Made each = made(number);
          assertThat(
                  association
                      .invoke(
                          association.contexts(CT).getFirst(),
                          Requests.store(CT, new Uid(each.instance()), Optional.empty()),
                          out -> out.write(each.dataSet()))
                      .next(SOON)
                      .status())
              .isZero();
        }
      }
      Map<String, byte[]> came = new ConcurrentHashMap<>();
      Services<String> taking =
          RetrieveScu.services(
              List.of(CT),
              (_, request, in) -> {
                came.put(request.sopInstance().value(), in.readAllBytes());
                return StoreScp.Taken.at(Status.success());
              });
      Proposal.Builder asking =
          RetrieveScu.take(
              proposal()
                  .context(STUDY_ROOT_FIND, EXPLICIT)
                  .context(STUDY_ROOT_GET, EXPLICIT)
                  .context(STUDY_ROOT_MOVE, EXPLICIT),
              CT,
              EXPLICIT);
      try (RequestedAssociation association = open(port, own.certificate(), asking, taking)) {
        QueryScu query = QueryScu.ask(association, STUDY_ROOT_FIND, study(), SOON);
        assertThat(query.next().flatMap(match -> match.uid(Tag.STUDY_INSTANCE_UID)))
            .contains(new Uid("2.25.771"));
        assertThat(query.next()).isEmpty();
        assertThat(query.status()).as(query.comment()).isZero();

        Retrieved got = RetrieveScu.get(association, STUDY_ROOT_GET, study(), SOON, _ -> true);
        assertThat(got.status()).as(archive.said()).isZero();
        assertThat(got.counts()).isEqualTo(new SubOperations(0, INSTANCES, 0, 0));

        Retrieved moved =
            RetrieveScu.move(association, STUDY_ROOT_MOVE, "NOBODY", study(), SOON, _ -> true);
        assertThat(moved.status()).as("a destination that it does not know").isEqualTo(0xA801);
      }
      assertThat(came).hasSize(INSTANCES);
      for (int number = 1; number <= INSTANCES; number++) {
        assertThat(came.get(made(number).instance())).isEqualTo(made(number).dataSet());
      }
    }
  }
}
