package leadglass.server.http;

import java.util.Optional;

/// The entrances of all sites, told apart by the host name that a browser was given. A site's
/// cookies and passkeys are kept to its name by the browser itself.
///
/// Safe for use by several threads.
public interface Entrances {

  /// The entrance for every name that is nobody else's.
  Entrance house();

  /// That of a further site.
  ///
  /// @param host in lower case, without port
  Optional<Entrance> at(String host);

  /// Of a server that has one site.
  static Entrances of(Entrance house) {
    return new Entrances() {
      @Override
      public Entrance house() {
        return house;
      }

      @Override
      public Optional<Entrance> at(String host) {
        return Optional.empty();
      }
    };
  }
}
