package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private static final String CANARY = "Canary^Checker";
  private final InetAddress here = InetAddress.getLoopbackAddress();

  /// A probe that has a fault.
  private record Faulty() implements Probe {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public String title() {
      return "Fails";
    }

    @Override
    public Set<Service> services() {
      return Set.of(Service.HTTP);
    }

    @Override
    public List<Decision> decisions() {
      return List.of();
    }

    @Override
    public List<Finding> ask(Visit visit) {
      throw new IllegalStateException(CANARY);
    }
  }

  private HostReport check(List<Probe> probes, Limits limits, List<Door> doors) {
    Ruling ruling = Scope.named(here, Optional.empty(), Optional.empty());
    return new Checker(
            new Probes(probes, "hash"),
            limits,
            Declared.NOTHING,
            new SecureRandom(),
            InstantSource.system())
        .check(new Target("localhost", ((Ruling.Allowed) ruling).approved(), doors, "", "", ""));
  }

  /// Does the same to everybody who comes.
  private ServerSocket serving(AtomicInteger visitors, boolean answers) throws IOException {
    ServerSocket server = new ServerSocket(0, 8, here);
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
              visitors.incrementAndGet();
              if (answers) {
                socket
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
              } else {
                socket.setSoLinger(true, 0);
              }
            } catch (IOException _) {
              // Whoever came is gone, or the test is over.
            }
          }
        });
    return server;
  }

  private static Door door(ServerSocket server, String service) {
    return Door.parse(server.getLocalPort() + "/" + service).orElseThrow();
  }

  @Test
  void aFaultOfOursTakesNoHostOutOfTheReport() throws IOException {
    try (ServerSocket server = serving(new AtomicInteger(), true)) {
      HostReport report =
          check(List.of(new Faulty()), Checks.LIMITS, List.of(door(server, "http")));
      assertThat(Checks.decision(report, "faulty")).isEqualTo("check-failed");
      assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
      assertThat(report.toString()).doesNotContain(CANARY);
    }
  }

  @Test
  void aHostThatResetsIsLeftAlone() throws IOException {
    AtomicInteger visitors = new AtomicInteger();
    try (ServerSocket one = serving(visitors, false);
        ServerSocket two = serving(visitors, false);
        ServerSocket three = serving(visitors, false)) {
      Limits gentle =
          new Limits(
              Checks.LIMITS.connect(),
              Checks.LIMITS.read(),
              Checks.LIMITS.exchange(),
              Checks.LIMITS.counting(),
              Checks.LIMITS.pause(),
              Checks.LIMITS.connectionsMax(),
              Checks.LIMITS.bytesMax(),
              Checks.LIMITS.rowsMax(),
              2);
      HostReport report =
          check(
              Probes.own().all(),
              gentle,
              List.of(door(one, "dicom"), door(two, "dicom"), door(three, "dicom")));
      assertThat(Checks.decision(report, "door")).contains("left-alone");
      assertThat(visitors).hasValueLessThanOrEqualTo(3);
    }
  }

  @Test
  void aHostHasOneBudgetOfBytesForAllItsDoors() throws IOException {
    try (ServerSocket one = serving(new AtomicInteger(), true);
        ServerSocket two = serving(new AtomicInteger(), true)) {
      Limits small =
          new Limits(
              Checks.LIMITS.connect(),
              Checks.LIMITS.read(),
              Checks.LIMITS.exchange(),
              Checks.LIMITS.counting(),
              Checks.LIMITS.pause(),
              Checks.LIMITS.connectionsMax(),
              10,
              Checks.LIMITS.rowsMax(),
              1000);
      HostReport report =
          check(List.of(new Faulty()), small, List.of(door(one, "http"), door(two, "http")));
      assertThat(Checks.decision(report, "door")).isEqualTo("spent");
    }
  }

  @Test
  void everyProbeIsFoundAndTheHashSaysWhichTheyWere() {
    Probes own = Probes.own();
    assertThat(own.all()).hasSizeGreaterThan(30);
    assertThat(own.all()).extracting(Probe::name).doesNotHaveDuplicates();
    assertThat(own.hash()).matches("[0-9a-f]{64}").isEqualTo(Probes.own().hash());
  }
}
