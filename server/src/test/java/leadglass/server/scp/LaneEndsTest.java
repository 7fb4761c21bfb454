package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import leadglass.archive.Lanes;
import leadglass.archive.Quarantine;
import leadglass.archive.Ruling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lane's last day, the fortnight after it, and the end.
class LaneEndsTest {
  @TempDir private Path folder;

  @Test
  void afterItsLastDayWhatComesIsKeptApartAndAfterAFortnightNothingListens() throws IOException {
    String called;
    try (Ward ward = new Ward(folder)) {
      Lanes.Lane lane = ward.lane("US3", ward.today().plusDays(40), true);
      assertThat(ward.now("US3").state()).isEqualTo(Lanes.State.OPEN);
      ward.clock.move(Duration.ofDays(20));
      assertThat(ward.now("US3").state()).isEqualTo(Lanes.State.ENDS_SOON);
      assertThat(Ward.sent(lane, 1, 1, Ward.image(1, 1))).isEqualTo("0:");
      assertThat(ward.apart(1)).isEmpty();

      ward.clock.move(Duration.ofDays(22));
      ward.clinic.archive.sweep();
      assertThat(ward.now("US3").state()).isEqualTo(Lanes.State.ENDED);
      assertThat(ward.clinic.archive.lanes().seen(ward.technologist()).orElseThrow())
          .satisfies(seen -> {
            assertThat(seen.open()).isZero();
            assertThat(seen.ended()).isEqualTo(1);
          });
      assertThat(Ward.sent(lane, 1, 2, Ward.image(1, 2))).isEqualTo("0:");
      assertThat(Ward.sent(lane, 2, 1, Ward.image(2, 1))).isEqualTo("0:");
      assertThat(ward.apart(1).getFirst().why()).isEqualTo(Quarantine.Why.LANE_ENDED);
      assertThat(ward.apart(2).getFirst().why()).isEqualTo(Quarantine.Why.LANE_ENDED);
      assertThat(ward.unverified()).containsExactly(Clinic.study(1));
      String waiting = ward.apart(2).getFirst().name();
      assertThat(ward.clinic.archive.quarantine().accept(ward.technologist(), waiting, "ours"))
          .isInstanceOf(Ruling.Done.class);
      assertThat(ward.apart(2)).isEmpty();

      ward.clock.move(Duration.ofDays(14));
      ward.clinic.archive.sweep();
      assertThat(ward.now("US3").state()).isEqualTo(Lanes.State.CLOSED);
      assertThatThrownBy(() -> Ward.from(lane).open()).isInstanceOf(ConnectException.class);
      assertThat(ward.clinic.events).contains(new LaneEvent.LaneClosed("US3"));
      assertThat(ward.clinic.events.toString()).doesNotContain(lane.called());
      called = lane.called();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(each, StandardCharsets.ISO_8859_1))
            .as("the called title on the disk, " + each)
            .doesNotContain(called);
      }
    }
  }
}
