package leadglass.net.dimse;

import leadglass.dicom.data.Uid;

/// A presentation context both sides agreed on (PS3.8 §7.1.1.14).
public record AcceptedContext(int id, Uid abstractSyntax, Uid transferSyntax) {}
