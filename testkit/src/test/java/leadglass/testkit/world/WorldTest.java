package leadglass.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import leadglass.testkit.RawScu;
import leadglass.testkit.RawScu.NotAcceptedException;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorldTest {
  private static final Map<Integer, String> ALL_STUDIES =
      Map.of(Attributes.LEVEL, "STUDY", Attributes.STUDY_UID, "", Attributes.STUDY_IMAGES, "");
  private static final Pattern TARGET =
      Pattern.compile(
          "[0-9.]+,\\d+(/[a-z-]+)?( \\d+(/[a-z-]+)?)?,(\"([^\"]|\"\")+\"|[^,\"]+),[A-Z]{2},[^,]+,");

  @TempDir static Path folder;

  private static WorldProcess world;
  private static Stranger stranger;

  @BeforeAll
  static void start() throws IOException {
    world = WorldProcess.start(new Census(5, 60, 15, 5, 8, Set.of()), folder.resolve("world"));
    stranger = new Stranger(world);
  }

  @AfterAll
  static void end() throws IOException {
    world.close();
  }

  @Test
  @DisplayName("Targets and truth are about the same hosts, in another order")
  void targetsAndTruth() throws IOException {
    List<String> targets = Files.readAllLines(world.targets());
    List<TruthLine> truth = world.truth();

    assertThat(targets.getFirst()).isEqualTo("host,ports,owner,country,responsible,proof");
    List<String> rows = targets.subList(1, targets.size());
    assertThat(rows).allMatch(each -> TARGET.matcher(each).matches());
    List<String> hosts = rows.stream().map(each -> each.substring(0, each.indexOf(','))).toList();
    assertThat(hosts)
        .hasSize(60)
        .containsExactlyInAnyOrderElementsOf(truth.stream().map(TruthLine::host).toList())
        .isNotEqualTo(truth.stream().map(TruthLine::host).toList());
    assertThat(truth).filteredOn(each -> each.verdict() == Verdict.OPEN).hasSize(15);
    assertThat(truth)
        .filteredOn(each -> each.verdict() == Verdict.OPEN && each.country().equals("US"))
        .hasSize(5);
    assertThat(truth)
        .allMatch(each -> each.allowed().contains(each.verdict()))
        .allMatch(each -> (each.studies() > 0) == (each.verdict() == Verdict.OPEN))
        .allMatch(each -> each.imagesAccessible() <= each.images());
  }

  @Test
  @DisplayName("About half of the ports are given with their service")
  void hints() throws IOException {
    List<String> ports =
        Files.readAllLines(world.targets()).stream()
            .skip(1)
            .flatMap(each -> Pattern.compile(" ").splitAsStream(each.split(",", -1)[1]))
            .toList();

    assertThat(ports.stream().filter(each -> each.contains("/")).count())
        .isBetween(ports.size() / 4L, ports.size() * 3L / 4);
  }

  @Test
  @DisplayName("Every canary is there once, and has a root in it")
  void canaries() throws IOException {
    List<String> canaries = world.canaries();
    Set<String> roots = new HashSet<>(world.canaryRoots());

    assertThat(new HashSet<>(canaries)).hasSameSizeAs(canaries);
    assertThat(canaries)
        .allMatch(each -> roots.contains(each) || roots.stream().anyMatch(each::contains));
    String targets = Files.readString(world.targets());
    assertThat(roots).noneMatch(targets::contains);
  }

  @Test
  @DisplayName("A host that never answers lets a connection wait, on each of its ports")
  void neverAnswers() throws Exception {
    List<Future<Boolean>> waiting = new ArrayList<>();
    List<InetSocketAddress> ports = new ArrayList<>();
    for (TruthLine host : world.truth()) {
      if (host.kind() == Kind.NEVER_ANSWERS) {
        ports.addAll(stranger.ports(host.host()));
      }
    }
    assertThat(ports).hasSizeGreaterThanOrEqualTo(6);
    try (ExecutorService scope = Executors.newVirtualThreadPerTaskExecutor()) {
      for (InetSocketAddress port : ports) {
        waiting.add(scope.submit(() -> connect(port)));
      }
      for (Future<Boolean> each : waiting) {
        assertThat(each.get()).isFalse();
      }
    }
  }

  /// Whether it is connected before a SYN was sent twice.
  private static boolean connect(InetSocketAddress port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(port, 1_500); // longer than the first retransmission takes
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    }
  }

  @Test
  @DisplayName("A host that refuses, refuses at once")
  void refused() throws IOException {
    for (InetSocketAddress port : stranger.ports(stranger.host(Kind.REFUSED))) {
      assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  @DisplayName("An open host lists its studies, and their images add up")
  void openHostLists() throws IOException {
    TruthLine truth = stranger.truth(Kind.STUDY_ROOT);
    try (RawScu scu = stranger.to(Kind.STUDY_ROOT).open()) {
      List<Stranger.Row> rows = Stranger.find(scu, ALL_STUDIES);

      assertThat(rows).hasSize((int) truth.studies() + 1);
      assertThat(rows.getLast().status()).isZero();
      long images =
          rows.subList(0, rows.size() - 1).stream()
              .mapToLong(each -> Long.parseLong(each.attributes().get(Attributes.STUDY_IMAGES)))
              .sum();
      assertThat(images).isEqualTo(truth.images());
      scu.release();
    }
  }

  @Test
  @DisplayName("An open host knows no study with another UID, and no level without a meaning")
  void openHostUnderstands() throws IOException {
    try (RawScu scu = stranger.to(Kind.STUDY_ROOT).open()) {
      assertThat(
              Stranger.find(
                  scu, Map.of(Attributes.LEVEL, "STUDY", Attributes.STUDY_UID, "2.25.47")))
          .extracting(Stranger.Row::status)
          .containsExactly(0);
      assertThat(
              Stranger.find(
                  scu, Map.of(Attributes.LEVEL, "NONSENSE", Attributes.STUDY_UID, "2.25.47")))
          .extracting(Stranger.Row::status)
          .containsExactly(DicomMessage.MISMATCH);
      scu.release();
    }
  }

  @Test
  @DisplayName("What a talkative host says of patients is among the canaries")
  void talkative() throws IOException {
    Set<String> canaries = Set.copyOf(world.canaries());
    try (RawScu scu = stranger.to(Kind.STUDY_ROOT_TALKATIVE).open()) {
      List<Stranger.Row> rows = Stranger.find(scu, ALL_STUDIES);
      for (Stranger.Row row : rows.subList(0, rows.size() - 1)) {
        assertThat(canaries)
            .contains(
                row.attributes().get(Attributes.PATIENT_NAME),
                row.attributes().get(Attributes.PATIENT_ID),
                row.attributes().get(Attributes.BIRTH_DATE),
                row.attributes().get(Attributes.STUDY_DESCRIPTION),
                row.attributes().get(Attributes.RETRIEVE_TITLE));
      }
      scu.release();
    }
  }

  @Test
  @DisplayName("A honeypot says Success to what has no meaning, a liar lists rows for it")
  void liars() throws IOException {
    Map<Integer, String> nonsense =
        Map.of(Attributes.LEVEL, "NONSENSE", Attributes.STUDY_UID, "2.25.47");
    try (RawScu scu = stranger.to(Kind.HONEYPOT).propose("2.25.99", "1.2.840.10008.1.2").open()) {
      assertThat(scu.answers().values()).allMatch(each -> each.result() == 0).hasSize(4);
      assertThat(Stranger.find(scu, nonsense)).extracting(Stranger.Row::status).containsExactly(0);
    }
    try (RawScu scu = stranger.to(Kind.LISTS_ANYTHING).open()) {
      assertThat(Stranger.find(scu, nonsense)).hasSizeGreaterThan(10);
    }
  }

  @Test
  @DisplayName("Hosts that reject say why, and those that only echo refuse the rest")
  void rejections() throws IOException {
    assertThat(rejection(Kind.REJECTS_CALLED_TITLE)).containsExactly(0, 1, 1, 7);
    assertThat(rejection(Kind.REJECTS_CALLING_TITLE)).containsExactly(0, 1, 1, 3);
    assertThat(rejection(Kind.REJECTS_WITHOUT_REASON)).containsExactly(0, 1, 1, 1);
    assertThat(rejection(Kind.REJECTS_FOR_CONGESTION)).containsExactly(0, 2, 3, 1);
    assertThat(rejection(Kind.ONE_CALLED_TITLE)).containsExactly(0, 1, 1, 7);
    try (RawScu scu = stranger.to(Kind.ECHO_ONLY).open()) {
      assertThat(scu.echo().status()).isZero();
      assertThat(scu.context(Stranger.FIND, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)).isNegative();
    }
    try (RawScu scu = stranger.to(Kind.QUERY_NOT_AUTHORIZED).open()) {
      assertThat(Stranger.find(scu, ALL_STUDIES))
          .extracting(Stranger.Row::status)
          .containsExactly(DicomMessage.NOT_AUTHORIZED);
    }
  }

  private static byte[] rejection(Kind kind) throws IOException {
    try (RawScu scu = stranger.to(kind).open()) {
      throw new AssertionError("accepted: " + scu.answers());
    } catch (NotAcceptedException e) {
      return e.pdu.body();
    }
  }

  @Test
  @DisplayName("DICOM over TLS lists to anybody, or to nobody without a certificate")
  void tls() throws IOException {
    SSLContext believing = TestTls.believing(null, null);
    try (RawScu scu = stranger.to(Kind.DICOM_TLS).tls(believing).open()) {
      assertThat(Stranger.find(scu, ALL_STUDIES))
          .hasSize((int) stranger.truth(Kind.DICOM_TLS).studies() + 1);
    }
    for (Kind kind : List.of(Kind.TLS13_CLIENT_CERTIFICATE, Kind.TLS12_CLIENT_CERTIFICATE)) {
      assertThatThrownBy(() -> stranger.to(kind).tls(believing).open())
          .isInstanceOf(javax.net.ssl.SSLException.class);
    }
  }

  @Test
  @DisplayName("Orthanc and dcm4chee count their studies, or want to know who asks")
  void counters() throws IOException {
    assertThat(Stranger.http(stranger.port(Kind.ORTHANC), "GET /statistics"))
        .contains("\"CountStudies\":" + stranger.truth(Kind.ORTHANC).studies() + ",")
        .contains("\"CountInstances\":" + stranger.truth(Kind.ORTHANC).images() + ",");
    assertThat(
            Stranger.http(
                stranger.port(Kind.DCM4CHEE), "GET /dcm4chee-arc/aets/DCM4CHEE/rs/instances/count"))
        .endsWith("{\"count\":" + stranger.truth(Kind.DCM4CHEE).images() + "}");
    assertThat(
            Stranger.http(
                stranger.port(Kind.DCM4CHEE),
                "GET /dcm4chee-arc/aets/DCM4CHEE/rs/studies?StudyInstanceUID=2.25.47"))
        .startsWith("HTTP/1.1 204 ");
    assertThat(Stranger.http(stranger.port(Kind.ORTHANC_SIGN_IN), "GET /system"))
        .startsWith("HTTP/1.1 401 ");
  }

  @Test
  @DisplayName("A host that resets, resets")
  void resets() throws IOException {
    InetSocketAddress port = stranger.port(Kind.RESETS);
    assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(port, 5_000);
                socket.setSoTimeout(20_000);
                socket.getInputStream().read();
              }
            })
        .isInstanceOf(SocketException.class);
  }

  @Test
  @DisplayName("Whoever behaves leaves visits that are mannerly")
  void mannerlyVisits(@TempDir Path other) throws IOException {
    try (WorldProcess visited = WorldProcess.start(new Census(6, 60, 15, 5, 8, Set.of()), other)) {
      Stranger guest = new Stranger(visited);
      for (int i = 0; i < 20; i++) {
        try (RawScu scu = guest.to(Kind.STUDY_ROOT).open()) {
          scu.release();
        }
      }
      String host = guest.host(Kind.STUDY_ROOT);
      List<VisitLine> visits = visited.end();

      assertThat(visits).allMatch(VisitLine::mannerly);
      assertThat(of(host, visits).connections()).isEqualTo(20);
      assertThat(of(host, visits).associationsAtOnce()).isEqualTo(1);
      assertThat(visits.stream().mapToInt(VisitLine::connections).sum()).isEqualTo(20);
    }
  }

  @Test
  @DisplayName("What nobody may do stands in the visits")
  void unmannerlyVisits(@TempDir Path other) throws IOException {
    Census census = new Census(6, 60, 15, 5, 8, Set.of("DECLARED"));
    try (WorldProcess visited = WorldProcess.start(census, other)) {
      Stranger guest = new Stranger(visited);
      try (RawScu first = guest.to(Kind.ECHO_ONLY).called("ORTHANC").open();
          RawScu second = guest.to(Kind.ECHO_ONLY).called("DECLARED").open()) {
        assertThat(first.echo().status() + second.echo().status()).isZero();
      }
      String ct = "1.2.840.10008.5.1.4.1.1.2";
      try (RawScu scu =
          guest.to(Kind.STORAGE_ONLY).propose(ct, RawScu.IMPLICIT_VR_LITTLE_ENDIAN).open()) {
        int context = scu.context(ct, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
        assertThat(scu.store(context, ct, "2.25.1", new byte[8]).status()).isNotZero();
      }
      Stranger.http(guest.port(Kind.ORTHANC), "POST /tools/find");
      String trap =
          Stranger.http(guest.port(Kind.DCM4CHEE_REDIRECTS), "GET /").split("http://", -1)[1];
      String[] address = trap.substring(0, trap.indexOf('/')).split(":", -1);
      Stranger.http(new InetSocketAddress(address[0], Integer.parseInt(address[1])), "GET /");
      List<TruthLine> truth = visited.truth();
      List<VisitLine> visits = visited.end();

      VisitLine echo = of(Kind.ECHO_ONLY, truth, visits);
      assertThat(echo.associationsAtOnce()).isEqualTo(2);
      assertThat(echo.guesses()).containsExactly("ORTHANC");
      assertThat(of(Kind.STORAGE_ONLY, truth, visits).stores()).isEqualTo(1);
      assertThat(of(Kind.ORTHANC, truth, visits).writes()).isEqualTo(1);
      assertThat(of(address[0], visits).traps()).isEqualTo(1);
      assertThat(visits.stream().filter(each -> !each.mannerly())).hasSize(4);
    }
  }

  private static VisitLine of(Kind kind, List<TruthLine> truth, List<VisitLine> visits) {
    TruthLine first = truth.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
    return of(first.host(), visits);
  }

  private static VisitLine of(String host, List<VisitLine> visits) {
    return visits.stream().filter(each -> each.host().equals(host)).findFirst().orElseThrow();
  }
}
