package leadglass.archive;

import java.util.Set;

/// Who asks, how they proved it, and where they came from. A parameter of everything in this room,
/// never ambient.
///
/// Made by the archive alone: [People], [Tokens] and [Devices] prove who somebody is.
public sealed interface Caller {

  Origin origin();

  /// Nobody who proved anything. May nothing, learns nothing.
  record Stranger(Origin origin) implements Caller {}

  /// A person with a session: password and second factor, or a passkey.
  ///
  /// @param name of the account
  /// @param hat the one role worn now, of those held
  /// @param held every role held
  record Person(String name, Role hat, Set<Role> held, Origin origin) implements Caller {}

  /// A program with a bearer token of a person's. Never more than that person may at this moment.
  ///
  /// @param id public part of the token
  /// @param owner account it belongs to
  /// @param held the owner's roles now
  record Program(String id, String owner, Set<Role> held, Set<Scope> scopes, Origin origin)
      implements Caller {}

  /// A device with a client certificate of the site's authority.
  record Device(String aeTitle, Origin origin) implements Caller {}

  /// Somebody at this machine's console.
  record Console(String osUser, Origin origin) implements Caller {}

  /// What a token allows.
  enum Scope {
    READ,
    WRITE
  }
}
