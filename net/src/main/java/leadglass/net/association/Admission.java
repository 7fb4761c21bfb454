package leadglass.net.association;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import leadglass.net.ul.AnsweredContext;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.Rejection;

/// Decides who may have an association. Called once for each, from the association's own thread,
/// after protocol version and application context were checked.
///
/// @param <P> what the server wants to know of a peer in every call to its services
@FunctionalInterface
public interface Admission<P> {

  Answer<P> admit(Arrival arrival);

  /// Whether a peer that was admitted may still be here. Asked every few seconds while it has an
  /// association, from another thread than its own; if not, the association is aborted, between two
  /// messages if the peer ends the one it is at.
  ///
  /// @param arrival as it was when the peer was admitted
  default boolean stands(Arrival arrival, P peer) {
    return true;
  }

  /// What became of a connection, for whoever has to explain it to the house; peers are told none
  /// of it. From the connection's own thread.
  default void told(Outcome<P> outcome) {}

  /// What becomes of a connection after its handshake.
  ///
  /// @param <P> as the admission's
  sealed interface Outcome<P> {
    /// It ended before it asked for an association.
    ///
    /// @param certificates as those of an [Arrival]
    record NotOpened<P>(
        List<X509Certificate> certificates, InetAddress address, NetEvent.Ending ending)
        implements Outcome<P> {
      public NotOpened {
        certificates = List.copyOf(certificates);
      }

      @Override
      public String toString() {
        return "NotOpened[" + ending + "]";
      }
    }

    /// Its request could not be answered; nobody was asked who it is.
    record Malformed<P>(Arrival arrival, Rejection rejection) implements Outcome<P> {}

    /// It had its share of associations already.
    record Crowded<P>(Arrival arrival, P peer) implements Outcome<P> {}

    /// @param answers to every presentation context proposed, in that order
    record Opened<P>(Arrival arrival, P peer, List<AnsweredContext> answers) implements Outcome<P> {
      public Opened {
        answers = List.copyOf(answers);
      }
    }

    record Closed<P>(Arrival arrival, P peer, NetEvent.Ending ending) implements Outcome<P> {}
  }

  /// Who asks.
  ///
  /// @param certificates that the peer proved to hold the key of, its own first; empty without TLS
  /// @param address the peer's
  /// @param request AE titles are claims, never proofs
  record Arrival(
      List<X509Certificate> certificates, InetAddress address, Pdu.AAssociateRq request) {
    public Arrival {
      certificates = List.copyOf(certificates);
    }

    @Override
    public String toString() {
      return "Arrival[" + certificates.size() + " certificates]";
    }
  }

  /// What becomes of it.
  sealed interface Answer<P> {}

  /// @param peer handed to every service
  /// @param name the peer's in our configuration, for events
  /// @param identified whether a user identity was sent and is the one it says (PS3.7 §D.3.3.7)
  record Admitted<P>(P peer, String name, ContextPolicy contexts, boolean identified)
      implements Answer<P> {
    public Admitted(P peer, String name, ContextPolicy contexts) {
      this(peer, name, contexts, false);
    }
  }

  /// A-ASSOCIATE-RJ with this reason. The same one for every cause tells a stranger least.
  record Refused<P>(Rejection rejection) implements Answer<P> {}
}
