package leadglass.net.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourhoodTest {
  private final List<Prefix> interfaces = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private Neighbourhood here() {
    return new Neighbourhood(() -> List.copyOf(interfaces), nanos::get);
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.255.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.7.7",
        "169.254.1.1",
        "fd00::1",
        "fe80::1",
        "::ffff:10.0.0.1"
      })
  void whatIsPrivateIsNear(String literal) {
    assertThat(here().has(address(literal))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.255.255",
        "100.64.0.1",
        "2001:db8::1",
        "fec0::1",
        "::ffff:8.8.8.8"
      })
  void whatIsNotIsFar(String literal) {
    assertThat(here().has(address(literal))).isFalse();
  }

  @Test
  void theNetworksOfThisMachineAreNear() {
    interfaces.add(Prefix.of("198.51.100.17/25"));
    interfaces.add(Prefix.of("2001:db8:1:2::9/64"));
    Neighbourhood here = here();
    assertThat(here.has(address("198.51.100.126"))).isTrue();
    assertThat(here.has(address("198.51.100.129"))).isFalse();
    assertThat(here.has(address("2001:db8:1:2:ffff::1"))).isTrue();
    assertThat(here.has(address("2001:db8:1:3::1"))).isFalse();
  }

  @Test
  void anInterfaceThatSaysThatEverythingIsItsNetworkIsNotBelieved() {
    interfaces.add(Prefix.of("198.51.100.17/0"));
    interfaces.add(Prefix.of("2001:db8::1/3"));
    assertThat(here().has(address("8.8.8.8"))).isFalse();
    assertThat(here().has(address("2001:db8::2"))).isFalse();
  }

  @Test
  void anInterfaceThatComesLaterIsNoticedWithinSeconds() {
    Neighbourhood here = here();
    interfaces.add(Prefix.of("198.51.100.17/24"));
    assertThat(here.has(address("198.51.100.3"))).as("looked at a moment ago").isFalse();
    nanos.addAndGet(10_000_000_000L);
    assertThat(here.has(address("198.51.100.3"))).isTrue();
  }

  @Test
  void aPrefixIsNoLongerThanItsAddress() {
    assertThatIllegalArgumentException().isThrownBy(() -> Prefix.of("10.0.0.0/33"));
  }

  @Test
  void thisMachineIsInItsOwnNeighbourhood() {
    assertThat(Neighbourhood.ofThisMachine().has(InetAddress.getLoopbackAddress())).isTrue();
  }
}
