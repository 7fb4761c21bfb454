package leadglass.archive;

import java.util.regex.Pattern;

/// Why an association was refused or failed, in words for whoever looks after devices: which rule
/// it was, and what to do. Nothing here proposes to leave a rule out.
public enum Cause {
  NO_TLS(
      "It spoke plain DICOM. This door takes TLS alone.",
      "Turn TLS 1.2 or 1.3 on at the device. If it has none, give it a lane:",
      "device add %s --lane --from ADDRESS --owner NAME --until DATE --data DIR"),
  TLS_TOO_OLD(
      "It has no version of TLS or no cipher suite that is taken: TLS 1.2 or 1.3, with AES-GCM or"
          + " ChaCha20-Poly1305 and forward secrecy.",
      "Turn TLS 1.2 on at the device, or bring its software up to date. If neither can be, give it"
          + " a lane:",
      "device add %s --lane --from ADDRESS --owner NAME --until DATE --data DIR"),
  TLS_FAILED(
      "The TLS handshake broke off before it came to a certificate.",
      "Check that the device is set to DICOM over TLS, and try it from the device's network:",
      "dicom echo --as FOLDER HOST:PORT"),
  ARCHIVE_NOT_BELIEVED(
      "The device did not accept the certificate of this archive.",
      "Install ca.pem, which the device was given with its certificate, as the authority that it"
          + " trusts. To make a set anew:",
      "device renew %s --out FOLDER --data DIR"),
  NO_CERTIFICATE(
      "It showed no certificate of its own.",
      "Install its key and certificate (key.pem, cert.pem) on the device and switch client"
          + " authentication on. To make them:",
      "device add %s --owner NAME --out FOLDER --data DIR"),
  CERTIFICATE_UNKNOWN(
      "It showed a certificate that no device is enrolled with.",
      "If the device is enrolled, install the certificate it was given, or give it another by device"
          + " renew. If it is yours and not enrolled, add it:",
      "device add %s --owner NAME --out FOLDER --data DIR"),
  CERTIFICATE_WEAK(
      "The key of its certificate is too short: RSA from 2048 bits, elliptic curves from 256.",
      "Give it another key:",
      "device renew %s --out FOLDER --data DIR"),
  CERTIFICATE_NOT_YET(
      "Its certificate is not valid yet.",
      "Check the date and time of this machine. If they are right, renew it:",
      "device renew %s --out FOLDER --data DIR"),
  CERTIFICATE_ENDED(
      "Its certificate has ended.", "Renew it:", "device renew %s --out FOLDER --data DIR"),
  CERTIFICATE_REPLACED(
      "It showed a certificate that was replaced by a newer one and counts no more.",
      "Install the newer one on the device. If that is lost, renew it:",
      "device renew %s --out FOLDER --data DIR"),
  REVOKED(
      "It was revoked.",
      "Read why in the list. If it may come back, remove it and add it with another key:",
      "device add %s --owner NAME --out FOLDER --data DIR"),
  OTHER_TITLE(
      "It showed the certificate of this device and called itself by another AE title.",
      "Set the device's own AE title to the one enrolled. If it is another device, give that one a"
          + " certificate of its own:",
      "device show %s --data DIR"),
  OTHER_SITE(
      "Its certificate is one of another site of this archive than the one it called.",
      "Set the called AE title to that of its own site:",
      "site list --data DIR"),
  CALLED_TITLE(
      "It called an AE title that is not this archive's.",
      "Set the called AE title at the device to the archive's, which is in the configuration as"
          + " dimse.ae-title and LEADGLASS unless it was changed. To see it answer:",
      "dicom echo --as FOLDER HOST:PORT"),
  OUTSIDE_HOURS(
      "It came outside the hours that it may be here.",
      "If it works at that time, change its hours:",
      "device set %s --hours HH-HH --data DIR"),
  USER_IDENTITY(
      "The user identity it sent is not proved: the token is wrong, has ended or is somebody"
          + " else's, or the identity provider's does not count here.",
      "Have the person sign in there again, or make a token and type it as the passcode:",
      "token create --user NAME --scope read --ttl 90d --data DIR"),
  LANE_ADDRESS(
      "It came from another address than the lane is for.",
      "Give the device the address it was enrolled with. If it moved for good, remove the lane and"
          + " add it again:",
      "device show %s --data DIR"),
  LANE_CALLING(
      "Over a lane, it called itself by another AE title than the one enrolled.",
      "Set the device's own AE title to the lane's:",
      "device show %s --data DIR"),
  LANE_CALLED(
      "Over a lane, it called another AE title than the lane's random one.",
      "Type the called AE title at the device as it is shown:",
      "device show %s --data DIR"),
  LANE_CLOSED(
      "The lane was closed: revoked, or its last day is over by more than a fortnight.",
      "A lane that is closed can't be given another last day. If the device still has no TLS, and"
          + " somebody answers for it, enrol it again; it has another title to call then:",
      "device add %s --lane --from ADDRESS --owner NAME --until DATE --data DIR"),
  LANE_ASKS(
      "Over a lane, it proposed something else than to store. A lane answers no question.",
      "Leave it out at the device. If it needs that, turn TLS on there, remove the lane and enrol it"
          + " with a certificate:",
      "device add %s --owner NAME --out FOLDER --data DIR"),
  NOT_NEAR(
      "It came from an address outside the networks of this house; the connection was closed before"
          + " a byte was read.",
      "Put the device into a network of the house, or reach it by a VPN that ends in one. What is"
          + " forwarded from outside shows in:",
      "status --data DIR"),
  MALFORMED_REQUEST(
      "Its request is not one of DICOM: another protocol version or application context, an AE"
          + " title of signs that none can have, or too short a maximum length.",
      "Check AE titles and maximum length (4096 at least) at the device, then try:",
      "dicom echo --as FOLDER HOST:PORT"),
  TOO_MANY(
      "It had as many associations open as one device may.",
      "Set the device to fewer associations at a time. If it forgets to end them, its vendor has to"
          + " mend that. How the archive is doing:",
      "status --data DIR"),
  SOP_CLASS_UNKNOWN(
      "It proposed a SOP class that this archive does not serve.",
      "Leave it out at the device. A private SOP class of storage can be named in the configuration"
          + " (dimse.private-sop-classes). What is served:",
      "device show %s --data DIR"),
  SOP_CLASS_NOT_ALLOWED(
      "It proposed to store a SOP class that it is not enrolled for.",
      "If it should, name the classes it may store:",
      "device set %s --sop-classes UID,UID --data DIR"),
  MAY_NOT_STORE(
      "It proposed to store, and it is not enrolled to.",
      "If it should, say all it may do:",
      "device set %s --may store,find --data DIR"),
  MAY_NOT_FIND(
      "It proposed to ask (C-FIND), and it is not enrolled to.",
      "If it should, and somebody is named who uses it, say all it may do:",
      "device set %s --may find --reader NAME --data DIR"),
  MAY_NOT_RETRIEVE(
      "It proposed to fetch (C-GET or C-MOVE), and it is not enrolled to.",
      "If it should, and somebody is named who uses it, say all it may do:",
      "device set %s --may find,retrieve --reader NAME --data DIR"),
  MAY_NOT_WORKLIST(
      "It proposed the worklist or procedure steps, and it is not enrolled for them.",
      "If it should, say all it may do:",
      "device set %s --may store,worklist --data DIR"),
  ENDED_ASKS(
      "Its certificate has ended. For 30 days it may store, into quarantine, and is answered"
          + " nothing else.",
      "Renew it:",
      "device renew %s --out FOLDER --data DIR"),
  TRANSFER_SYNTAX(
      "It proposed a SOP class with no transfer syntax that is taken for it.",
      "Add Explicit or Implicit VR Little Endian at the device, then try:",
      "dicom echo --as FOLDER HOST:PORT"),
  PROTOCOL_ERROR(
      "It broke a rule of the protocol, and the association was aborted.",
      "Try it with a program that is known to be right; if that works, the device's vendor has to"
          + " mend it:",
      "dicom echo --as FOLDER HOST:PORT"),
  SILENT(
      "It said nothing for too long, and the connection was ended.",
      "Look for a firewall or a switch that drops connections, and at the device's load:",
      "dicom echo --as FOLDER HOST:PORT"),
  LOST(
      "The connection broke, or the device closed it without releasing the association. What was"
          + " answered before counts.",
      "Look at the network between the device and this machine:",
      "dicom echo --as FOLDER HOST:PORT"),
  DISMISSED(
      "It was told to go while it was here: revoked, changed, or its hours were over.",
      "See what it may now:",
      "device show %s --data DIR"),
  STORE_NOT_AUTHORIZED(
      "An instance was refused: the device may not store it, or not now.",
      "See what it may:",
      "device show %s --data DIR"),
  STORE_NO_ROOM(
      "An instance was refused for now: there is no room, or the same one was coming in on another"
          + " association.",
      "See whether something is full, make room if it is, and send again:",
      "status --data DIR"),
  STORE_SOP_CLASS(
      "An instance was refused: its SOP class or UID is not the one it was announced with.",
      "The device's vendor has to mend it. To see whether the file itself is right:",
      "import FILE --data DIR"),
  STORE_MALFORMED(
      "An instance was refused: its data set can't be read, or what every instance must have is"
          + " missing.",
      "The device's vendor has to mend it. To see which rule, with the file at hand:",
      "import FILE --data DIR"),
  STORE_UID_TAKEN(
      "An instance was refused: another one of the same SOP Instance UID is held.",
      "Nothing held is replaced. To have such instances kept apart until somebody decides:",
      "quarantine conflicts quarantine --data DIR"),
  DESTINATION_UNREACHABLE(
      "This archive could not reach it as a destination (C-MOVE, storage commitment).",
      "Check that it listens at the address enrolled, over TLS; to change that:",
      "device set %s --destination HOST:PORT --data DIR"),
  DESTINATION_CERTIFICATE(
      "At the address of this destination, another certificate was shown than the device's.",
      "Somebody else may listen there. If it is the device, install the certificate it was given,"
          + " or renew it:",
      "device renew %s --out FOLDER --data DIR"),
  DESTINATION_ADDRESS(
      "The address of this destination is one that no device can have.",
      "Set the device's own address:",
      "device set %s --destination HOST:PORT --data DIR"),
  DESTINATION_REFUSED(
      "The destination refused the association of this archive.",
      "Enter this archive's AE title and address at the device, then see what is enrolled:",
      "device show %s --data DIR");

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*");

  private final String rule;
  private final String remedy;
  private final String command;

  Cause(String rule, String remedy, String command) {
    this.rule = rule;
    this.remedy = remedy;
    this.command = command;
  }

  /// Which rule it was, a sentence.
  public String rule() {
    return rule;
  }

  /// What to do, before [#command].
  public String remedy() {
    return remedy;
  }

  /// What to type.
  ///
  /// @param device an AE title that is enrolled; empty: none is known. What a stranger calls itself
  ///   never stands in a line that somebody may paste into a shell
  public String command(String device) {
    return "leadglass " + command.replace("%s", device.isEmpty() ? "AETITLE" : quoted(device));
  }

  private static String quoted(String title) {
    return BARE.matcher(title).matches() ? title : "'" + title.replace("'", "'\\''") + "'";
  }
}
