package leadglass.archive;

import java.util.Arrays;
import java.util.List;
import leadglass.audit.message.EventKind;
import leadglass.audit.message.EventType;
import leadglass.audit.message.Outcome;

/// What entries of [Act#SECURITY] are about, by the words they begin with; each stands for an event
/// of PS3.15 §A.5.3.
enum SecurityKind {
  SIGN_IN(
      EventKind.USER_AUTHENTICATION,
      EventType.LOGIN,
      "signed in",
      "sign-in",
      "second factor after a provider",
      "stepped up",
      "step-up",
      "mistyped token",
      "unknown token",
      "ended token",
      "token too soon",
      "unknown share",
      "patient signed in",
      "a patient's sign-in",
      "patient's sign-in",
      "patient's invitation",
      "unknown invitation of a patient",
      "invitation of patient's account",
      "share "),
  SIGN_OUT(
      EventKind.USER_AUTHENTICATION,
      EventType.LOGOUT,
      "signed out",
      "patient signed out",
      "session ended",
      "sessions ended",
      "ending sessions"),
  ROLE(
      EventKind.SECURITY_ALERT,
      EventType.SECURITY_ROLES_CHANGED,
      "role ",
      "giving a role",
      "taking a role",
      "confirming a role",
      "confirming one's own role",
      "wearing a hat",
      "wears ",
      "hat changed",
      "request taken back",
      "taking a request back"),
  PERSON(
      EventKind.SECURITY_ALERT,
      EventType.USER_SECURITY_ATTRIBUTES_CHANGED,
      "account ",
      "patient invited",
      "inviting a patient",
      "stopping a patient's account",
      "a patient's passkey",
      "person invited",
      "inviting a person",
      "invitation taken back",
      "taking an invitation back",
      "invite ",
      "joining",
      "joined",
      "passkey",
      "adding a passkey",
      "removing a passkey",
      "new password",
      "password",
      "new recovery codes",
      "recovery asked",
      "recovery confirmed",
      "recovery stopped",
      "recovery refused",
      "recovering an account",
      "confirming a recovery",
      "confirming one's own recovery",
      "stopping a recovery",
      "resetting an account",
      "disabling an account",
      "token ",
      "making a token",
      "confirming a token"),
  DEVICE(
      EventKind.SECURITY_ALERT,
      EventType.NETWORK_CONFIGURATION,
      "device ",
      "enrolling a device",
      "inviting a device",
      "wrong enrolment code",
      "enrolment code",
      "renewing a device",
      "revoking a device",
      "removing a device",
      "changing a device",
      "authority made",
      "server certificates",
      "intermediate authority"),
  NODE(
      EventKind.SECURITY_ALERT,
      EventType.NODE_AUTHENTICATION,
      "outside its hours",
      "no enrolled certificate",
      "unknown device",
      "another AE title"),
  BRAKE(
      EventKind.SECURITY_ALERT,
      EventType.USE_OF_RESTRICTED_FUNCTION,
      "80 % of",
      "100 % of",
      "150 % of",
      "stopped by a day's budget",
      "a day's budget exceeded",
      "a budget more allowed",
      "allowing more",
      "for the first time"),
  UPKEEP(
      EventKind.SECURITY_ALERT,
      EventType.SOFTWARE_CONFIGURATION,
      "backup",
      "restore",
      "rehears",
      "packs",
      "index",
      "making the index",
      "comparing the index",
      "removing old backups",
      "old backups"),
  /// Checkpoints of other archives' trails, and of this one that others keep.
  WITNESS(
      EventKind.SECURITY_ALERT,
      EventType.SECURITY_CONFIGURATION,
      "checkpoint",
      "having a checkpoint witnessed",
      "making another trail known",
      "forgetting another trail"),
  SETTING(
      EventKind.SECURITY_ALERT,
      EventType.SECURITY_CONFIGURATION,
      "master key",
      "recovery sheets",
      "archive set up",
      "set-up",
      "unattended set-up",
      "site ",
      "naming who answers",
      "exposure checked",
      "seen what was done"),
  /// A refusal that is none of the above: somebody wanted what they may not.
  REFUSED(EventKind.SECURITY_ALERT, EventType.USE_OF_RESTRICTED_FUNCTION),
  /// Anything else that was done.
  OTHER(EventKind.SECURITY_ALERT, EventType.SECURITY_CONFIGURATION);

  /// Behind these stands what somebody typed.
  private static final List<String> TYPED =
      List.of(
          "for a purpose: ", "a budget more allowed to [^:]*: ", "week [0-9W-]* signed off[^:]*: ");

  /// A trail is not what it was.
  private static final String CONTRADICTION = "checkpoint refused: the trail of ";

  private final EventKind kind;
  private final EventType type;

  /// One a line.
  private final String beginnings;

  SecurityKind(EventKind kind, EventType type, String... beginnings) {
    this.kind = kind;
    this.type = type;
    this.beginnings = String.join("\n", beginnings);
  }

  EventKind kind() {
    return kind;
  }

  EventType type() {
    return type;
  }

  private boolean begins(String detail) {
    return !beginnings.isEmpty() && beginnings.lines().anyMatch(detail::startsWith);
  }

  static SecurityKind of(boolean success, String detail) {
    return Arrays.stream(values())
        .filter(each -> each.begins(detail))
        .findFirst()
        .orElse(success ? OTHER : REFUSED);
  }

  /// How bad a refusal is.
  static Outcome outcome(boolean success, String detail) {
    if (success) {
      return Outcome.SUCCESS;
    }
    if (detail.contains("account disabled")) {
      return Outcome.MAJOR_FAILURE;
    }
    return detail.startsWith("session ended")
            || detail.startsWith(CONTRADICTION)
            || detail.contains(" locked ")
        ? Outcome.SERIOUS_FAILURE
        : Outcome.MINOR_FAILURE;
  }

  /// A detail without what somebody typed.
  static String withoutTyped(String detail) {
    String left = detail;
    for (String each : TYPED) {
      left = left.replaceAll("(" + each + ").*", "$1(not told)");
    }
    return left;
  }
}
