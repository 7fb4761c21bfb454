package leadglass.archive;

/// Where set-up is told to lay the master key.
public sealed interface KeyChoice {

  /// What must be typed, letter by letter, to leave it on the disk with the data.
  String SENTENCE = "a thief of this PC reads everything";

  /// On the disk with the data.
  ///
  /// @param sentence as typed
  record OnThisDisk(String sentence) implements KeyChoice {}

  /// In a file, such as on a USB stick.
  record InFile(String path) implements KeyChoice {}

  /// Nowhere: sealed under a passphrase that is typed at each start.
  ///
  /// @param passphrase overwritten when it was used
  record UnderPassphrase(char[] passphrase) implements KeyChoice {
    @Override
    public String toString() {
      return "UnderPassphrase[]";
    }
  }
}
