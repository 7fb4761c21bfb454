package leadglass.archive;

import java.util.Optional;

/// Callers as the trail names them, in words that a patient reads.
final class AccessWords {
  private AccessWords() {}

  /// @param recipient of the link, where it is one
  static String who(AuditEntry entry, Optional<String> recipient) {
    return switch (entry.kind()) {
      case "person" -> entry.who() + role(entry.hat());
      case "program" -> "a program of " + entry.who().replaceFirst("/[^/]*$", "");
      case "device" ->
          Stated.device(entry)
              .map(other -> "the " + other + ", by order of the device " + entry.who())
              .orElseGet(() -> "the device " + entry.who());
      case "share" -> recipient.orElse("somebody who was given a link");
      case "patient" -> "You";
      case "console" -> "somebody at the archive's own computer (" + entry.who() + ")";
      case "archive" -> "the archive itself";
      default -> "somebody who did not sign in";
    };
  }

  private static String role(@org.jspecify.annotations.Nullable String hat) {
    return Optional.ofNullable(hat).flatMap(Role::of).map(AccessWords::words).orElse("");
  }

  private static String words(Role role) {
    return switch (role) {
      case RADIOLOGIST -> ", a doctor who reads images here";
      case TECHNOLOGIST -> ", who takes images here";
      case FRONT_DESK -> ", at the front desk";
      case REFERRER -> ", a doctor who was given your images";
      case ADMINISTRATOR -> ", who looks after this archive";
      case AUDITOR -> ", who checks what is done with images";
      case WITNESS -> ", who confirms what needs two people";
    };
  }

  /// Why somebody of the house looks, where nothing else was said.
  static String why(AuditEntry entry) {
    return entry.kind().equals("person") || entry.kind().equals("program")
        ? "as part of their work here"
        : "";
  }
}
