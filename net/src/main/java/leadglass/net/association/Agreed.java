package leadglass.net.association;

import java.util.Map;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.AcceptedContext;

/// What both sides of an association agreed on.
///
/// @param contexts accepted, by their IDs
/// @param peerPduBytesMax longest P-DATA-TF body the peer takes; 0 for no limit
/// @param invokedMax operations that this side may have unanswered; 1 or more
/// @param performedMax operations of the peer that may be unanswered; 1 or more
/// @param extended service class application information, hexadecimal
/// @param requestor whether this side asked for the association
record Agreed(
    Map<Integer, AcceptedContext> contexts,
    long peerPduBytesMax,
    int invokedMax,
    int performedMax,
    Map<Uid, String> extended,
    boolean requestor) {}
