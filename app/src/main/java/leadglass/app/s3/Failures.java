package leadglass.app.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import leadglass.app.outbound.OutboundDoor;
import leadglass.store.BackupRefusedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// Says in a sentence what went wrong and what to do. Of what the server said only the error code
/// is told, and of the access key nothing.
///
/// @param server host and port of the configuration
/// @param credentials where the access key lies
record Failures(String bucket, String server, Path credentials) {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int NOT_FOUND = 404;

  /// Codes of 403 that are about the file, not about who asks.
  private static final Set<String> DENIALS =
      Set.of("", "AccessDenied", "AllAccessDisabled", "ObjectLocked", "AccessForbidden");

  /// What some servers call a file under a lock, as 400.
  private static final Set<String> LOCKED = Set.of("InvalidRequest", "ObjectLocked");

  /// The status of an answer, 0 if there was none.
  static int status(SdkException e) {
    return e instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  /// The error code of an answer, empty if it had none.
  static String code(SdkException e) {
    return details(e)
        .map(AwsErrorDetails::errorCode)
        .map(code -> code.replaceAll("[^A-Za-z0-9]", ""))
        .orElse("");
  }

  static Optional<String> header(SdkException e, String name) {
    return details(e)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(answer -> answer.firstMatchingHeader(name));
  }

  /// Whether the server understood, and does not let us.
  static boolean isDenied(SdkException e) {
    return switch (status(e)) {
      case FORBIDDEN -> DENIALS.contains(code(e));
      case BAD_REQUEST -> LOCKED.contains(code(e));
      case METHOD_NOT_ALLOWED -> true;
      default -> false;
    };
  }

  /// Whether the server has no such thing.
  static boolean isUnknown(SdkException e) {
    return status(e) == NOT_IMPLEMENTED || status(e) == METHOD_NOT_ALLOWED;
  }

  private static Optional<AwsErrorDetails> details(SdkException e) {
    return e instanceof AwsServiceException service
        ? Optional.ofNullable(service.awsErrorDetails())
        : Optional.empty();
  }

  /// @param right that the request needs, such as `s3:PutObject`
  /// @param name of the file that was asked for
  IOException of(String right, String name, SdkException e) {
    int status = status(e);
    String code = code(e);
    if (status == 0) {
      return new BackupRefusedException(unanswered(e));
    }
    if (code.equals("NoSuchKey") || (status == NOT_FOUND && code.isEmpty())) {
      return new NoSuchFileException(name);
    }
    return new BackupRefusedException(answered(right, status, code));
  }

  private String answered(String right, int status, String code) {
    return switch (code) {
      case "NoSuchBucket" ->
          "there is no bucket " + bucket + " at " + server + "; make it first, with object lock";
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
          server
              + " does not take the access key (it said "
              + code
              + "); put the right one into "
              + credentials;
      case "RequestTimeTooSkewed", "RequestExpired" ->
          "the clock of this machine and that of "
              + server
              + " are more than a quarter of an hour apart; set the clock";
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          moved(code);
      case "SlowDown",
          "ServiceUnavailable",
          "InternalError",
          "RequestTimeout",
          "OperationAborted",
          "ConditionalRequestConflict" ->
          server + " is too busy (it said " + code + "); run it again: it goes on where it was";
      default -> otherwise(right, status, code);
    };
  }

  private String moved(String code) {
    return "bucket "
        + bucket
        + " is in another region (it said "
        + code
        + "); set region or endpoint under [backup.s3]";
  }

  private String otherwise(String right, int status, String code) {
    if (status >= 300 && status < 400) {
      return moved(status + " " + code);
    }
    if (status == FORBIDDEN) {
      return "the access key may not do this to bucket "
          + bucket
          + ": it needs "
          + right
          + " (docs/operating/backup.md lists every right)";
    }
    return server + " answered " + status + " " + code + " to " + right;
  }

  private String unanswered(SdkException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case OutboundDoor.ClosedException _ -> {
          return server
              + " leads to an address of this machine or of its cloud's own services; if that is"
              + " meant, write the address itself into backup.s3.endpoint";
        }
        case UnknownHostException _ -> {
          return server + " is no name that can be found; check endpoint or region of [backup.s3]";
        }
        case SSLException _ -> {
          return server + " shows a certificate that this Java does not trust, or speaks no TLS";
        }
        case SocketTimeoutException _,
            ApiCallTimeoutException _,
            ApiCallAttemptTimeoutException _ -> {
          return server + " does not answer in time; run it again: it goes on where it was";
        }
        case ConnectException _ -> {
          return server + " can't be reached; check the network, and endpoint of [backup.s3]";
        }
        default -> {}
      }
    }
    return "the connection to " + server + " failed; run it again: it goes on where it was";
  }
}
