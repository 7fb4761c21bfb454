package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import leadglass.survey.scope.Approved;
import leadglass.survey.scope.Attestation;
import leadglass.survey.scope.Public;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;
import org.junit.jupiter.api.Test;

/// DICOM in clear is as bad as the network is wide. Nothing is connected to here.
class ClearTextTest {
  private static List<String> decided(Approved host) throws IOException {
    Round round =
        new Round(
            host, Checks.LIMITS, Declared.NOTHING, new SecureRandom(), InstantSource.system());
    Visit visit = new Visit(round, Door.parse("104/dicom").orElseThrow(), Service.DICOM);
    Probe probe =
        Probes.own().all().stream()
            .filter(each -> each.name().equals("dicom-clear-text"))
            .findFirst()
            .orElseThrow();
    return probe.ask(visit).stream()
        .map(each -> each.decision().id() + " " + each.decision().level().number())
        .toList();
  }

  private static Approved named(String address) throws IOException {
    Ruling ruling =
        Scope.named(
            InetAddress.ofLiteral(address),
            Optional.empty(),
            Attestation.parse("Clinic; Somebody; owner"));
    return ((Ruling.Allowed) ruling).approved();
  }

  @Test
  void itIsWorstAcrossTheInternet() throws IOException {
    Approved wide = Public.of(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(decided(wide)).containsExactly("internet 3");
  }

  @Test
  void itIsNotedInTheHouse() throws IOException {
    assertThat(decided(named("10.0.0.7"))).containsExactly("private-network 1");
    assertThat(decided(named("fd00::7"))).containsExactly("private-network 1");
  }

  @Test
  void itIsNothingOnOneMachine() throws IOException {
    assertThat(decided(named("127.0.0.1"))).isEmpty();
    assertThat(decided(named("::1"))).isEmpty();
  }
}
