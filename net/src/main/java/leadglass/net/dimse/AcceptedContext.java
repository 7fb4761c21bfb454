package leadglass.net.dimse;

import leadglass.dicom.data.Uid;

/// A presentation context both sides agreed on (PS3.8 §7.1.1.14), and who may ask in it.
///
/// @param requestorScu whether the association's requestor may be the SCU
/// @param requestorScp whether it may be the SCP (PS3.7 §D.3.3.4)
public record AcceptedContext(
    int id, Uid abstractSyntax, Uid transferSyntax, boolean requestorScu, boolean requestorScp) {

  /// With the roles that need no negotiation.
  public AcceptedContext(int id, Uid abstractSyntax, Uid transferSyntax) {
    this(id, abstractSyntax, transferSyntax, true, false);
  }
}
