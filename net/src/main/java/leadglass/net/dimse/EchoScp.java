package leadglass.net.dimse;

/// Answers C-ECHO (PS3.4 Annex A). Called from the association's own thread.
///
/// @param <P> what the server knows of an admitted peer
@FunctionalInterface
public interface EchoScp<P> {
  Status echo(P peer);
}
