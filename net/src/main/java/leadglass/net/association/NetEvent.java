package leadglass.net.association;

import java.time.Duration;
import leadglass.net.ul.Rejection;

/// Everything `net` tells the outside. `net` owns no logger; `app` turns events into lines.
/// Components are counts, durations, enums and configured names: nothing read from a data set, and
/// no AE title that a peer claims.
public sealed interface NetEvent {

  /// The listener was full; the connection was closed before a byte was read.
  record ConnectionShed(int associationsMax) implements NetEvent {}

  /// Somebody from outside the neighbourhood connected; it was closed before a byte was read.
  record ConnectionFromOutside() implements NetEvent {}

  /// No secure connection came about; no PDU was read.
  record ConnectionRefused(Cause cause) implements NetEvent {
    /// Why.
    public enum Cause {
      TIMED_OUT,
      /// No certificate, one we don't take, or no common version or cipher suite.
      NOT_SECURED,
      LOST,
      /// Another connection needed its place before it was secure.
      GAVE_WAY
    }
  }

  /// A-ASSOCIATE-RJ was sent.
  record AssociationRejected(Rejection rejection) implements NetEvent {}

  /// A connection ended before it was an association, other than by a rejection.
  record AssociationNotOpened(Ending ending) implements NetEvent {}

  /// An association was opened.
  ///
  /// @param peer its name in our configuration, never the AE title it claims
  record AssociationOpened(String peer, int contextsAccepted, int contextsProposed)
      implements NetEvent {}

  /// An association ended, however it ended.
  ///
  /// @param messages answered
  /// @param receivedBytes of data sets
  record AssociationClosed(
      String peer, int messages, long receivedBytes, Duration open, Ending ending)
      implements NetEvent {}

  /// A service or the admission threw; the association was aborted.
  ///
  /// @param exception its class, whose message may quote what it must not
  record ServiceFailed(String exception) implements NetEvent {}

  /// How an association ended.
  enum Ending {
    RELEASED,
    ABORTED_BY_PEER,
    /// The peer broke PS3.8 or PS3.7 and was sent A-ABORT.
    PROTOCOL_ERROR,
    TIMED_OUT,
    LOST,
    /// The acceptor was closed.
    STOPPED,
    /// The peer may not be here any more.
    DISMISSED,
    SERVICE_FAILED
  }
}
