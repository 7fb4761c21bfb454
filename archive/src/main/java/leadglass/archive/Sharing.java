package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import leadglass.store.Registry;

/// Everything about links for somebody outside, put together over one registry.
record Sharing(ShareLinks links, ShareDoor door, ShareBook book) {

  static Sharing open(
      Registry registry,
      Custody custody,
      Accounts accounts,
      Brakes brakes,
      Passwords.Cost cost,
      Consumer<? super ArchiveEvent> events) {
    SecureRandom random = new SecureRandom();
    Secrets secrets = new Secrets(random);
    // Permits of their own: whoever guesses at links is in nobody's way who signs in.
    Passwords passwords = new Passwords(random, cost);
    ShareBook book = new ShareBook(registry, custody, accounts);
    ShareSessions sessions = new ShareSessions(custody.clock(), secrets);
    return new Sharing(
        new ShareLinks(book, sessions, custody, accounts, brakes, passwords, random),
        new ShareDoor(book, sessions, custody, passwords, secrets, events),
        book);
  }

  /// Writes down what ended by itself; call it every minute.
  void sweep() throws IOException {
    book.sweep();
  }
}
