package leadglass.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.dicom.data.Uid;

/// The `[dimse]` table: the DICOM listener. It speaks TLS and demands a client certificate; there
/// is no setting for that.
///
/// @param aeTitle ours, 1 to 16 characters (PS3.5 §6.2, AE)
/// @param listen IP address; loopback until set-up is done
/// @param port 0 for any free one
/// @param associationsMax open associations; the next one is shed
/// @param artim wait for A-ASSOCIATE-RQ after the connection opens (PS3.8 §9.1.5)
/// @param idle wait for the next PDU of an open association
/// @param privateSopClasses UIDs of vendors' own, stored like those of the standard
public record DimseConfig(
    String aeTitle,
    String listen,
    int port,
    int associationsMax,
    Duration artim,
    Duration idle,
    List<String> privateSopClasses) {
  private static final int PRIVATE_MAX = 100;

  public DimseConfig {
    privateSopClasses = List.copyOf(privateSopClasses);
  }

  public static DimseConfig defaults() {
    return new DimseConfig(
        "LEADGLASS",
        "127.0.0.1",
        2762,
        64,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        List.of());
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    if (aeTitle.isBlank() || aeTitle.length() > 16 || !aeTitle.matches("[ -\\[\\]-~]+")) {
      found.add("dimse.ae-title: 1 to 16 characters of ASCII, no backslash");
    }
    Problems.port(found, "dimse.port", port);
    Problems.address(found, "dimse.listen", listen);
    Problems.atLeastOne(found, "dimse.associations-max", associationsMax);
    if (artim.isZero() || artim.compareTo(Duration.ofMinutes(1)) > 0) {
      found.add("dimse.artim-seconds: 1 to 60");
    }
    if (idle.isZero() || idle.compareTo(Duration.ofHours(1)) > 0) {
      found.add("dimse.idle-seconds: 1 to 3600");
    }
    if (privateSopClasses.size() > PRIVATE_MAX
        || !privateSopClasses.stream().allMatch(DimseConfig::isPrivate)) {
      found.add(
          "dimse.private-sop-classes: at most "
              + PRIVATE_MAX
              + " UIDs of vendors, none that begins with "
              + Uid.DICOM_ROOT);
    }
    return found;
  }

  private static boolean isPrivate(String uid) {
    return Uid.parse(uid).filter(Uid::conforms).filter(Uid::isPrivate).isPresent();
  }

  /// The same, as the listener has them.
  public Set<Uid> privateStorage() {
    return privateSopClasses.stream().map(Uid::new).collect(Collectors.toUnmodifiableSet());
  }
}
