package leadglass.survey;

import java.util.List;
import java.util.stream.Stream;
import leadglass.survey.wire.WireFault;

/// What it means that a door could not be asked, or that a line broke while it was.
public final class DoorDecisions {
  static final Decision CHECK_FAILED =
      Decision.cantTell(
          "check-failed", "this check itself failed on what it answered: please report that");

  private DoorDecisions() {}

  /// Every one of them, for the documentation.
  public static List<Decision> all() {
    return Stream.concat(
            Stream.of(WireFault.Kind.values())
                .flatMap(kind -> Stream.of(of(kind, true), of(kind, false), during(kind))),
            Stream.of(CHECK_FAILED))
        .distinct()
        .toList();
  }

  /// @param hostIsUp another of its ports answered
  static Decision of(WireFault.Kind kind, boolean hostIsUp) {
    return switch (kind) {
      case REFUSED -> Decision.closed("refused", "nothing listens there");
      case NO_ANSWER ->
          hostIsUp
              ? Decision.closed("filtered", "nothing answers there, while the host does elsewhere")
              : Decision.cantTell("no-answer", "nothing answers: filtered, or the host is off");
      case UNREACHABLE -> Decision.cantTell("unreachable", "there is no way to the address");
      case TLS_CLIENT_CERTIFICATE ->
          Decision.closed("client-certificate", "it demands a client certificate before anything");
      case TLS -> Decision.cantTell("tls", "no TLS connection comes about");
      case RESET -> Decision.cantTell("resets", "it resets whatever connects");
      case SILENT -> Decision.cantTell("silent", "it accepts connections and says nothing in time");
      case ENDED -> Decision.cantTell("ends", "it closes whatever connects without a word");
      case TOO_MUCH -> Decision.cantTell("endless", "it sends without end");
      case SLOW -> Decision.cantTell("slow", "it answers so slowly that it was left alone");
      case NOT_THE_PROTOCOL ->
          Decision.cantTell("other-tongue", "it speaks nothing that this check knows");
      case LEFT_ALONE ->
          Decision.cantTell("left-alone", "the host reset or slowed, and was left alone");
      case SPENT -> Decision.cantTell("spent", "the budget for this host was spent before");
    };
  }

  static Decision during(WireFault.Kind kind) {
    return switch (kind) {
      case TLS_CLIENT_CERTIFICATE, LEFT_ALONE, SPENT -> of(kind, true);
      default -> Decision.cantTell("broke-off", "the answer broke off or made no sense");
    };
  }
}
