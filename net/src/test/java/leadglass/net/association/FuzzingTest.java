package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// `./mvnw verify -Pfuzz`: half a minute for each target.
@EnabledIfSystemProperty(named = "leadglass.fuzz.seconds", matches = "[0-9]+")
class FuzzingTest {

  @Test
  void nothingIsFound() throws Exception {
    Duration each = Duration.ofSeconds(Integer.getInteger("leadglass.fuzz.seconds"));
    List<Fuzzing.Told> told = Fuzzing.run(List.of(FuzzTarget.values()), each, 1, System.out);

    assertThat(told).hasSize(FuzzTarget.values().length);
    assertThat(told).allSatisfy(one -> assertThat(one.findings()).isEmpty());
    assertThat(told).allSatisfy(one -> assertThat(one.edges()).isGreaterThan(100));
  }
}
