package leadglass.net.association;

import java.time.Duration;
import leadglass.dicom.data.Uid;

/// Bounds of an association that we ask for.
///
/// @param pduBytesMax longest P-DATA-TF body we take, as announced to the peer; 4 KiB to 1 MiB
/// @param connect for the transport connection
/// @param handshake for the whole of the transport's handshake
/// @param artim for the answer to our request, and for the answer to our release
/// @param idle within one message of the peer, and for it to take what we write
/// @param implementationClass Implementation Class UID (PS3.7 §D.3.3.2)
/// @param implementationVersion Implementation Version Name, 1 to 16 characters
public record RequestorSettings(
    int pduBytesMax,
    Duration connect,
    Duration handshake,
    Duration artim,
    Duration idle,
    Uid implementationClass,
    String implementationVersion) {
  private static final int ASSOCIATE_BYTES_MAX = 1 << 20;

  /// 256 KiB a PDU, 10 s to connect and to shake hands, 30 s for the answer, 2 min idle.
  public static RequestorSettings defaults(Uid implementationClass, String implementationVersion) {
    Duration ten = Duration.ofSeconds(10);
    return new RequestorSettings(
        256 << 10,
        ten,
        ten,
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        implementationClass,
        implementationVersion);
  }

  UpperLayer.Bounds bounds() {
    return new UpperLayer.Bounds(pduBytesMax, ASSOCIATE_BYTES_MAX, artim, idle);
  }
}
