package leadglass.survey.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.Tls;
import leadglass.survey.wire.WireFault;

/// All that is asked of one TLS door: one handshake as it is today, and as few hellos of yesterday
/// as decide. A server that is up to date sees four connections.
public final class Inquiry {
  private static final Set<WireFault.Kind> NO_HANDSHAKE =
      Set.of(
          WireFault.Kind.TLS,
          WireFault.Kind.ENDED,
          WireFault.Kind.RESET,
          WireFault.Kind.NOT_THE_PROTOCOL);
  private static final Set<WireFault.Kind> NO_ANSWER =
      Set.of(
          WireFault.Kind.SILENT,
          WireFault.Kind.TOO_MUCH,
          WireFault.Kind.SLOW,
          WireFault.Kind.NOT_THE_PROTOCOL);

  private final Visit visit;
  private Optional<Tls.Seen> seen = Optional.empty();
  private Optional<X509Certificate> certificate = Optional.empty();
  private final Set<SuiteClass> accepted = EnumSet.noneOf(SuiteClass.class);
  private int lowest = Integer.MAX_VALUE;
  private boolean anyTls;
  private boolean asked;
  private boolean demanded;
  private boolean untold;

  private Inquiry(Visit visit) {
    this.visit = visit;
  }

  public static Inquiry of(Visit visit) throws IOException {
    Inquiry inquiry = new Inquiry(visit);
    inquiry.demanded = visit.fact(WireFault.Kind.class).filter(Inquiry::isDemand).isPresent();
    inquiry.today();
    inquiry.versions();
    inquiry.weak(Hello.TLS_1_2);
    if (inquiry.lowest <= Hello.TLS_1_1) {
      inquiry.weak(Hello.TLS_1_0);
    }
    inquiry.middling();
    return inquiry;
  }

  private static boolean isDemand(WireFault.Kind kind) {
    return kind == WireFault.Kind.TLS_CLIENT_CERTIFICATE;
  }

  private void today() throws IOException {
    try (Line line = visit.open()) {
      seen = line.tls();
      seen.ifPresent(each -> {
        anyTls = true;
        asked |= each.clientCertificateAsked();
        certificate = each.chain().stream().findFirst();
      });
    } catch (WireFault e) {
      demanded |= isDemand(e.kind());
      if (!isDemand(e.kind()) && !NO_HANDSHAKE.contains(e.kind())) {
        throw e;
      }
    }
  }

  private Optional<ServerFlight> hello(int version, List<SuiteClass> classes) throws IOException {
    if (untold) {
      return Optional.empty();
    }
    try {
      Optional<ServerFlight> flight = new Hello(version, classes).ask(visit);
      flight.ifPresent(this::heard);
      return flight;
    } catch (WireFault e) {
      if (!NO_ANSWER.contains(e.kind())) {
        throw e;
      }
      untold = true;
      return Optional.empty();
    }
  }

  private void heard(ServerFlight flight) {
    anyTls = true;
    lowest = Math.min(lowest, flight.version());
    asked |= flight.clientCertificateAsked();
    flight.suites().ifPresent(accepted::add);
    if (certificate.isEmpty()) {
      certificate = flight.certificate();
    }
  }

  /// Who speaks TLS 1.0 or 1.1 is asked for SSL 3 too; nobody speaks that and not those.
  private void versions() throws IOException {
    Optional<ServerFlight> old = hello(Hello.TLS_1_1, List.of(SuiteClass.values()));
    if (old.filter(each -> each.version() > Hello.SSL_3).isPresent()) {
      hello(Hello.SSL_3, List.of(SuiteClass.values()));
    }
  }

  /// All weak classes at once; then, while one is taken, the others without it.
  private void weak(int version) throws IOException {
    List<SuiteClass> left = new ArrayList<>(SuiteClass.WEAK);
    left.removeAll(accepted);
    while (!left.isEmpty()) {
      Optional<SuiteClass> taken = hello(version, left).flatMap(ServerFlight::suites);
      if (taken.isEmpty() || !left.remove(taken.get())) {
        return;
      }
    }
  }

  private void middling() throws IOException {
    if (seen.isEmpty()) {
      hello(Hello.TLS_1_2, List.of(SuiteClass.GOOD));
    }
    hello(Hello.TLS_1_2, List.of(SuiteClass.CBC, SuiteClass.STATIC_RSA));
    if (seen.isEmpty() && accepted.contains(SuiteClass.STATIC_RSA)) {
      hello(Hello.TLS_1_2, List.of(SuiteClass.CBC));
    }
  }

  /// Whether it spoke TLS at all.
  public boolean anyTls() {
    return anyTls || demanded;
  }

  /// Whether a hello got no sensible answer, so that what it would show is not known.
  public boolean untold() {
    return untold;
  }

  public boolean sslThree() {
    return lowest <= Hello.SSL_3;
  }

  public boolean belowTls12() {
    return lowest < Hello.TLS_1_2;
  }

  public boolean accepts(SuiteClass suites) {
    return accepted.contains(suites);
  }

  /// Whether authenticated encryption with forward secrecy can be had.
  public boolean good() {
    return accepted.contains(SuiteClass.GOOD)
        || seen.filter(each -> !each.suite().contains("_CBC_")).isPresent();
  }

  /// Whether forward secrecy can be had.
  public boolean forwardSecrecy() {
    return seen.isPresent() || good() || accepted.contains(SuiteClass.CBC);
  }

  /// Its own certificate, if it showed one.
  public Optional<X509Certificate> certificate() {
    return certificate;
  }

  public boolean clientCertificateAsked() {
    return asked || demanded;
  }

  public boolean clientCertificateDemanded() {
    return demanded;
  }
}
