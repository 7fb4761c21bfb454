package leadglass.app.key;

import leadglass.app.Failure;

/// Asks whoever started this for what opens a master key. Whoever gets a secret overwrites it.
public interface Secrets {

  /// The passphrase.
  ///
  /// @param fresh whether it is a new one, to be typed twice
  char[] passphrase(boolean fresh) throws Failure;

  /// A token's PIN, where its configuration names no file.
  char[] pin(String token) throws Failure;

  /// One secret that was given already, whatever it opens.
  static Secrets of(char[] secret) {
    return new Secrets() {
      @Override
      public char[] passphrase(boolean fresh) {
        return secret.clone();
      }

      @Override
      public char[] pin(String token) {
        return secret.clone();
      }
    };
  }

  /// Nobody is there to be asked.
  static Secrets none() {
    return new Secrets() {
      @Override
      public char[] passphrase(boolean fresh) throws Failure {
        throw missing("the passphrase of the master key");
      }

      @Override
      public char[] pin(String token) throws Failure {
        throw missing("the PIN of the token");
      }

      private Failure missing(String what) {
        return new Failure(
            Failure.CONFIGURATION,
            what + " is needed, and nobody is there to type it",
            "name a file with --passphrase-file, or start it on a terminal");
      }
    };
  }
}
