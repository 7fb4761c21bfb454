package leadglass.net.dimse;

import java.util.Set;

/// What a SOP class is served by.
///
/// @param <P> what the server knows of an admitted peer
public sealed interface Service<P> {

  record Echo<P>(EchoScp<P> scp) implements Service<P> {}

  record Store<P>(StoreScp<P> scp) implements Service<P> {}

  /// @param fields Command Fields of the requests it answers
  record Operations<P>(Set<Integer> fields, OperationScp<P> scp) implements Service<P> {
    public Operations {
      fields = Set.copyOf(fields);
    }
  }
}
