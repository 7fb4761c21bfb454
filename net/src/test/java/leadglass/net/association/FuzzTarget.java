package leadglass.net.association;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What is fuzzed. Each has a class with Jazzer's entry, and a folder of seeds and former findings.
enum FuzzTarget {
  WIRE("wire", WireFuzz.class),
  COMMAND("command", CommandFuzz.class),
  DATA_SET("data-set", DataSetFuzz.class),
  NEGOTIATION("negotiation", NegotiationFuzz.class);

  private final String word;
  private final Class<?> entry;

  FuzzTarget(String word, Class<?> entry) {
    this.word = word;
    this.entry = entry;
  }

  static FuzzTarget of(String word) {
    return Stream.of(values())
        .filter(each -> each.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such target"));
  }

  String word() {
    return word;
  }

  String entry() {
    return entry.getName();
  }

  void run(byte[] input) throws IOException {
    switch (this) {
      case WIRE -> WireFuzz.fuzzerTestOneInput(input);
      case COMMAND -> CommandFuzz.fuzzerTestOneInput(input);
      case DATA_SET -> DataSetFuzz.fuzzerTestOneInput(input);
      case NEGOTIATION -> NegotiationFuzz.fuzzerTestOneInput(input);
    }
  }

  /// In the sources, so that what is found can be committed beside the others.
  Path seeds() {
    return Path.of(System.getProperty("leadglass.root", ".."), "net/src/test/resources/fuzz", word);
  }
}
