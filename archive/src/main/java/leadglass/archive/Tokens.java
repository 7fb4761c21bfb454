package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Bearer tokens of programs: prefixed, checksummed, kept only as a hash, scoped, ending.
///
/// Safe for use by several threads.
public final class Tokens {

  /// No token lives longer.
  public static final Duration TTL_MAX = Duration.ofDays(366);

  Tokens() {}

  /// What came of asking for one.
  public sealed interface Made {
    record Token(String secret, long endsMillis) implements Made {
      @Override
      public String toString() {
        return "Token[]";
      }
    }

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Made {}
  }

  public Made create(Caller by, String owner, Set<Caller.Scope> scopes, Duration ttl)
      throws IOException {
    throw new UnsupportedOperationException(by + owner + scopes + ttl);
  }

  /// The program a token belongs to; empty if it is wrong, ended, or its owner is disabled. Wrong
  /// ones from one address are slowed: then the answer is empty too.
  public Optional<Caller.Program> verify(Origin origin, String secret) {
    throw new UnsupportedOperationException(origin + secret);
  }
}
