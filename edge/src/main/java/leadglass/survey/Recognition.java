package leadglass.survey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.dicom.Introduction;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// Finds out what a door speaks: what it is said to, or what usually does there, is tried first.
/// DICOM is tried as a whole introduction, which later probes need anyway.
final class Recognition {
  private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

  private final Round round;
  private final Door door;
  private final Service first;
  private Optional<WireFault.Kind> fault = Optional.empty();
  private final long endNanos;
  private boolean tlsFails;
  private boolean tlsWorks;

  /// What it is.
  ///
  /// @param fault why nothing can be asked of it
  record Recognised(Visit visit, Optional<WireFault.Kind> fault) {}

  private Recognition(Round round, Door door) {
    this.round = round;
    this.door = door;
    this.endNanos = System.nanoTime() + round.limits().exchange().toNanos() / 2;
    this.first = door.hint().or(() -> Service.usualAt(door.port())).orElse(Service.DICOM);
  }

  static Recognised of(Round round, Door door) throws IOException {
    return new Recognition(round, door).recognise();
  }

  private Recognised recognise() throws IOException {
    Deque<Service> left = new ArrayDeque<>(List.of(first));
    Set<Service> tried = EnumSet.noneOf(Service.class);
    left.addAll(List.of(Service.DICOM, Service.DICOM_TLS, Service.HTTP));
    while (!left.isEmpty()) {
      if (System.nanoTime() > endNanos) {
        return new Recognised(visit(first), Optional.of(WireFault.Kind.SLOW));
      }
      Service next = left.pop();
      // The two that speak TLS are told apart inside.
      if (tried.add(next) && !(next == Service.DICOM_TLS && tried.contains(Service.HTTPS))) {
        Optional<Recognised> found = attempt(next, left);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    if (tlsFails || tlsWorks || door.hint().filter(Service::isTls).isPresent()) {
      // Whatever it carries, its TLS can be looked at.
      return new Recognised(
          visit(first.isTls() ? first : Service.HTTPS),
          tlsFails && !tlsWorks ? Optional.of(WireFault.Kind.TLS) : fault);
    }
    return new Recognised(visit(Service.UNKNOWN), fault);
  }

  private Visit visit(Service service) {
    return new Visit(round, door, service);
  }

  private Optional<Recognised> attempt(Service service, Deque<Service> left) throws IOException {
    try {
      return switch (service) {
        case DICOM -> dicom(Service.DICOM, left);
        case DICOM_TLS, HTTPS -> insideTls(service);
        case HTTP -> http(Service.HTTP);
        case ELASTICSEARCH -> {
          // Newer ones speak TLS at the same port.
          left.push(Service.HTTPS);
          yield http(Service.ELASTICSEARCH);
        }
        default -> knock(service);
      };
    } catch (WireFault e) {
      round.ended(e.kind());
      if (fault.isEmpty()) {
        fault = Optional.of(e.kind());
      }
      return switch (e.kind()) {
        case REFUSED, NO_ANSWER, UNREACHABLE, LEFT_ALONE, SPENT, TOO_MUCH, SLOW ->
            Optional.of(new Recognised(visit(first), Optional.of(e.kind())));
        case TLS_CLIENT_CERTIFICATE ->
            Optional.of(
                new Recognised(
                    visit(service.isTls() ? service : Service.DICOM_TLS), Optional.of(e.kind())));
        case TLS -> {
          // It speaks TLS, such as nobody should any more.
          tlsFails = true;
          yield door.hint().filter(Service::isTls).isPresent()
              ? Optional.of(new Recognised(visit(first), Optional.of(e.kind())))
              : Optional.empty();
        }
        case SILENT -> {
          // Whoever is silent to bytes that mean nothing to it waits for a line of text, or
          // nothing.
          left.remove(Service.DICOM_TLS);
          yield door.hint().isPresent()
              ? Optional.of(new Recognised(visit(first), Optional.of(e.kind())))
              : Optional.empty();
        }
        case RESET, ENDED, NOT_THE_PROTOCOL -> Optional.empty();
      };
    }
  }

  private Optional<Recognised> knock(Service service) throws IOException {
    Visit visit = visit(service);
    visit.openPlain().close();
    return Optional.of(new Recognised(visit, Optional.empty()));
  }

  private Optional<Recognised> dicom(Service service, Deque<Service> left) throws IOException {
    Visit visit = visit(service);
    Line line = visit.open();
    tlsWorks |= service.isTls();
    Introduction made =
        Introduction.make(visit, line, Introduction.unknown(visit), Optional.empty());
    if (made.welcome() != Introduction.Welcome.NOT_DICOM) {
      visit.note(made);
      return Optional.of(new Recognised(visit, Optional.empty()));
    }
    if (fault.isEmpty()) {
      fault = Optional.of(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    return switch (made.tongue()) {
      case HTTP ->
          Optional.of(
              new Recognised(
                  visit(service.isTls() ? Service.HTTPS : Service.HTTP), Optional.empty()));
      case FTP, RSYNC, REDIS ->
          Optional.of(new Recognised(visit(made.tongue().service()), Optional.empty()));
      case TLS -> {
        left.push(Service.DICOM_TLS);
        yield Optional.empty();
      }
      case SSH -> {
        left.clear();
        yield Optional.empty();
      }
      case NONE -> Optional.empty();
    };
  }

  private Optional<Recognised> insideTls(Service service) throws IOException {
    Service other = service == Service.HTTPS ? Service.DICOM_TLS : Service.HTTPS;
    try {
      Optional<Recognised> found = inside(service);
      if (found.isPresent()) {
        return found;
      }
    } catch (WireFault e) {
      if (e.kind() != WireFault.Kind.ENDED && e.kind() != WireFault.Kind.RESET) {
        throw e;
      }
    }
    return inside(other);
  }

  private Optional<Recognised> inside(Service service) throws IOException {
    return service == Service.HTTPS
        ? http(Service.HTTPS)
        : dicom(Service.DICOM_TLS, new ArrayDeque<>());
  }

  private Optional<Recognised> http(Service service) throws IOException {
    Visit visit = visit(service);
    try (Line line = visit.open()) {
      tlsWorks |= service.isTls();
      line.write(
          ("HEAD / HTTP/1.1\r\nHost: "
                  + visit.authority()
                  + "\r\nUser-Agent: Leadglass-check\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      for (byte each : HTTP) {
        if (line.read() != each) {
          if (fault.isEmpty()) {
            fault = Optional.of(WireFault.Kind.NOT_THE_PROTOCOL);
          }
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Recognised(visit, Optional.empty()));
  }
}
