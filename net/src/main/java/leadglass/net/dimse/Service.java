package leadglass.net.dimse;

/// What a SOP class is served by.
///
/// @param <P> what the server knows of an admitted peer
public sealed interface Service<P> {

  record Echo<P>(EchoScp<P> scp) implements Service<P> {}

  record Store<P>(StoreScp<P> scp) implements Service<P> {}
}
