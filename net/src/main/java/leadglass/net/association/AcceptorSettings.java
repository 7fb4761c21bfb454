package leadglass.net.association;

import java.time.Duration;
import leadglass.dicom.data.Uid;

/// Bounds of an acceptor and its associations.
///
/// @param associationsMax open connections. For the next one, the oldest that is not yet admitted
///   gives way; if there is none, it is shed. Those who have not proved yet to be anybody never
///   have more than half of them
/// @param associationsPerPeerMax open associations of one peer; the next one is rejected for now
/// @param pduBytesMax longest P-DATA-TF body we take, as announced to the peer (PS3.8 Annex D.1); 4
///   KiB to 1 MiB
/// @param associateBytesMax longest A-ASSOCIATE-RQ body; 1 KiB to 1 MiB
/// @param handshake for the whole of the transport's handshake
/// @param artim for the whole A-ASSOCIATE-RQ to come, and for the peer to close at the end (PS3.8
///   §9.1.5)
/// @param idle waiting for the next PDU of an association, and within one PDU
/// @param grace for open associations to end when the acceptor is closed
/// @param implementationClass Implementation Class UID (PS3.7 §D.3.3.2)
/// @param implementationVersion Implementation Version Name, 1 to 16 characters
public record AcceptorSettings(
    int associationsMax,
    int associationsPerPeerMax,
    int pduBytesMax,
    int associateBytesMax,
    Duration handshake,
    Duration artim,
    Duration idle,
    Duration grace,
    Uid implementationClass,
    String implementationVersion) {
  /// A peer's operations performed at a time, if it negotiates as many: instances are read while
  /// the one before waits to be kept, and each may hold 1 MiB.
  public static final int PERFORMED_MAX = 8;

  /// Our operations on a peer's association that wait for an answer, if it negotiates as many.
  public static final int INVOKED_MAX = 64;

  public AcceptorSettings {
    check(associationsMax >= 1, "associationsMax");
    check(associationsPerPeerMax >= 1, "associationsPerPeerMax");
    check(pduBytesMax >= 4 << 10 && pduBytesMax <= 1 << 20, "pduBytesMax");
    check(associateBytesMax >= 1 << 10 && associateBytesMax <= 1 << 20, "associateBytesMax");
    check(handshake.isPositive() && artim.isPositive(), "handshake or artim");
    check(idle.isPositive() && !grace.isNegative(), "idle or grace");
    check(implementationVersion.matches("[ -~&&[^\\\\]]{1,16}"), "implementationVersion");
  }

  /// Half of the associations for one peer, 256 KiB a PDU, 1 MiB a request, 10 s for handshake and
  /// ARTIM, 2 min idle, 10 s grace.
  public static AcceptorSettings defaults(
      int associationsMax, Uid implementationClass, String implementationVersion) {
    Duration ten = Duration.ofSeconds(10);
    return new AcceptorSettings(
        associationsMax,
        Math.max(1, associationsMax / 2),
        256 << 10,
        1 << 20,
        ten,
        ten,
        Duration.ofMinutes(2),
        ten,
        implementationClass,
        implementationVersion);
  }

  UpperLayer.Bounds bounds() {
    return new UpperLayer.Bounds(pduBytesMax, associateBytesMax, artim, idle);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what + " is out of range");
    }
  }
}
