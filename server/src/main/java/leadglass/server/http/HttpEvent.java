package leadglass.server.http;

import java.time.Duration;
import leadglass.archive.Origin;

/// Everything the web server tells the outside: counts, durations, enums and patterns of ours.
/// Nothing of a request.
public sealed interface HttpEvent {

  /// A request was answered.
  ///
  /// @param route such as `GET /studies/{study}`, or `none`
  /// @param tookToAnswer from the last header in to the last byte out
  record Answered(
      Origin.Door door,
      String route,
      int status,
      long receivedBytes,
      long sentBytes,
      Duration tookToAnswer)
      implements HttpEvent {}

  /// An answer, or the body of a request, ended before its end: the peer went away, was too slow,
  /// or what was to be sent couldn't be read.
  record CutShort(Origin.Door door, String route, Cause cause) implements HttpEvent {}

  /// A fault of ours.
  ///
  /// @param reference what the peer was told, to find this again
  /// @param failureClass name of the exception's class
  /// @param place where it was thrown: class, method and line of ours
  record Failed(String route, String reference, String failureClass, String place)
      implements HttpEvent {}

  /// More requests at a time than allowed; this one was told to come back.
  record Shed(int requestsMax) implements HttpEvent {}

  /// A connection sent no whole request in time, or came from an address that has too many.
  record ConnectionDropped(Cause cause) implements HttpEvent {}

  /// Why something ended early.
  enum Cause {
    PEER_GONE,
    TOO_SLOW,
    TOO_MANY,
    /// From outside the neighbourhood: somebody forwards a port.
    FROM_OUTSIDE,
    FAULT
  }
}
