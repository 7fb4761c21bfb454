package leadglass.net.dimse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;

/// The running registry: which SOP classes are served, and by what. What is not in it is refused,
/// in negotiation and again in every message. Immutable.
///
/// @param <P> what the server knows of an admitted peer
public final class Services<P> {
  /// The Verification SOP class (PS3.4 Annex A).
  public static final Uid VERIFICATION = new Uid("1.2.840.10008.1.1");

  private final Map<Uid, Service<P>> services;

  private Services(Map<Uid, Service<P>> services) {
    this.services = services;
  }

  public static <P> Builder<P> builder() {
    return new Builder<>();
  }

  /// Nothing is served: for a requestor that only asks.
  public static <P> Services<P> none() {
    return Services.<P>builder().build();
  }

  /// Every SOP class served, in the order registered.
  public Set<Uid> sopClasses() {
    return services.keySet();
  }

  public Optional<Service<P>> find(Uid sopClass) {
    return Optional.ofNullable(services.get(sopClass));
  }

  /// Collects services.
  public static final class Builder<P> {
    private final Map<Uid, Service<P>> services = new LinkedHashMap<>();

    private Builder() {}

    /// Serves the Verification SOP class.
    public Builder<P> echo(EchoScp<P> scp) {
      return put(VERIFICATION, new Service.Echo<>(scp));
    }

    /// Serves a storage SOP class.
    public Builder<P> store(Uid sopClass, StoreScp<P> scp) {
      return put(sopClass, new Service.Store<>(scp));
    }

    /// Serves a SOP class of queries, retrieval or normalized services.
    ///
    /// @param fields Command Fields of the requests it answers
    public Builder<P> operations(Uid sopClass, Set<Integer> fields, OperationScp<P> scp) {
      return put(sopClass, new Service.Operations<>(fields, scp));
    }

    private Builder<P> put(Uid sopClass, Service<P> service) {
      if (services.putIfAbsent(sopClass, service) != null) {
        throw new IllegalArgumentException("SOP class registered twice: " + sopClass.value());
      }
      return this;
    }

    public Services<P> build() {
      return new Services<>(Collections.unmodifiableMap(new LinkedHashMap<>(services)));
    }
  }
}
