package leadglass.app.exposure;

import java.net.InetAddress;
import java.util.Optional;
import leadglass.survey.Door;
import leadglass.survey.Finding;

/// Something of ours that is bound.
///
/// @param name for people
/// @param address by which this machine reaches it
/// @param host it is asked for, if it has a name
/// @param known what only we can know of it
/// @param asked whether we are a stranger to it, so that it makes sense to knock
record Listener(
    String name,
    InetAddress address,
    Optional<String> host,
    Door door,
    Optional<Finding> known,
    boolean asked) {}
