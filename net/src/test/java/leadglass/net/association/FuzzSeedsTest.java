package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import leadglass.testkit.RawPdu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What fuzzing begins with and what it found, as plain tests. `-Dleadglass.seeds=write` writes the
/// former anew.
class FuzzSeedsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  static Stream<Object[]> inputs() throws IOException {
    List<Object[]> inputs = new ArrayList<>();
    for (FuzzTarget target : FuzzTarget.values()) {
      try (Stream<Path> files = Files.list(target.seeds())) {
        files.sorted().forEach(file -> inputs.add(new Object[] {target, file}));
      }
    }
    return inputs.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("inputs")
  void everySeedAndEveryFormerFindingIsReadAsItShould(FuzzTarget target, Path file)
      throws IOException {
    byte[] input = Files.readAllBytes(file);
    assertTimeoutPreemptively(SOON, () -> target.run(input));
  }

  @Test
  void theSeedsAreWhatOurEncodersMake() throws IOException {
    for (Map.Entry<String, Map<String, byte[]>> target : FuzzSeeds.all().entrySet()) {
      Path folder = FuzzTarget.of(target.getKey()).seeds();
      for (Map.Entry<String, byte[]> seed : target.getValue().entrySet()) {
        Path file = folder.resolve(seed.getKey());
        if ("write".equals(System.getProperty("leadglass.seeds"))) {
          Files.createDirectories(folder);
          Files.write(file, seed.getValue());
        }
        assertThat(file).hasBinaryContent(seed.getValue());
      }
    }
  }

  /// A seed that is refused at its first byte would be of no use.
  @Test
  void theSeedsReachWhatTheyAreMadeFor() throws IOException {
    Map<String, byte[]> wire = FuzzSeeds.all().getOrDefault("wire", Map.of());
    assertThat(types(WireFuzz.accept(rest(wire, "echo"))))
        .containsExactly(RawPdu.ASSOCIATE_AC, RawPdu.P_DATA_TF, RawPdu.RELEASE_RP);
    assertThat(types(WireFuzz.accept(rest(wire, "store-in-pieces"))))
        .containsExactly(RawPdu.ASSOCIATE_AC, RawPdu.P_DATA_TF, RawPdu.RELEASE_RP);
    assertThat(types(WireFuzz.request(rest(wire, "answered"), false)))
        .containsExactly(RawPdu.ASSOCIATE_RQ, RawPdu.P_DATA_TF, RawPdu.RELEASE_RP);
    assertThat(types(WireFuzz.request(rest(wire, "crossing"), true)))
        .containsExactly(RawPdu.ASSOCIATE_RQ, RawPdu.RELEASE_RQ, RawPdu.RELEASE_RP);
    assertThat(types(WireFuzz.request(rest(wire, "rejected"), false)))
        .containsExactly(RawPdu.ASSOCIATE_RQ);
  }

  private static byte[] rest(Map<String, byte[]> seeds, String name) {
    byte[] seed = seeds.getOrDefault(name, new byte[1]);
    return java.util.Arrays.copyOfRange(seed, 1, seed.length);
  }

  private static List<Integer> types(byte[] pdus) {
    List<Integer> types = new ArrayList<>();
    java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(pdus);
    while (in.hasRemaining()) {
      types.add((int) in.get());
      in.get();
      int length = in.getInt();
      in.position(in.position() + length);
    }
    return types;
  }
}
