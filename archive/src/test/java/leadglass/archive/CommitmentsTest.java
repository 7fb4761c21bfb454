package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import leadglass.archive.Commitments.Asked;
import leadglass.archive.Commitments.Open;
import leadglass.archive.Commitments.Reference;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was asked and not reported yet.
class CommitmentsTest {
  private static final Uid TRANSACTION = new Uid("2.25.99");
  private static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  private static final List<Reference> ONE = List.of(new Reference(CT, new Uid("2.25.1")));
  private static final Caller.Device DEVICE = (Caller.Device) OpenArchive.device();

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();

  private OpenArchive open() throws IOException {
    return OpenArchive.in(folder, new Turned(clock));
  }

  @Test
  void aRequestSurvivesUntilItWasReportedAlsoOverARestart() throws IOException {
    try (OpenArchive opened = open()) {
      Commitments commitments = opened.archive.commitments();
      assertThat(commitments.ask(DEVICE, TRANSACTION, ONE)).isEqualTo(Asked.TAKEN);
      assertThat(commitments.ask(DEVICE, TRANSACTION, ONE))
          .isEqualTo(Asked.DUPLICATE_TRANSACTION_UID);
      assertThat(commitments.due()).as("whoever took it tells it first").isEmpty();
    }
    clock.turn(Duration.ofSeconds(10));
    try (OpenArchive again = open()) {
      Commitments commitments = again.archive.commitments();
      Open due = new Open(TRANSACTION, "CT1");
      assertThat(commitments.due()).containsExactly(due);
      assertThat(commitments.found(due, () -> false)).isEmpty();
      assertThat(commitments.found(due, () -> true))
          .extracting(Commitments.Found::verdict)
          .containsExactly(Commitments.Verdict.NO_SUCH_OBJECT_INSTANCE);
      commitments.reported(due);
      assertThat(commitments.due()).isEmpty();
      assertThat(commitments.ask(DEVICE, TRANSACTION, ONE)).isEqualTo(Asked.TAKEN);
    }
  }

  @Test
  void aReportThatDidNotArriveIsDueAgainLaterEachTimeAndDroppedAfterThreeDays() throws IOException {
    try (OpenArchive opened = open()) {
      Commitments commitments = opened.archive.commitments();
      commitments.ask(DEVICE, TRANSACTION, ONE);
      Open due = new Open(TRANSACTION, "CT1");
      clock.turn(Duration.ofSeconds(10));
      for (Duration wait :
          List.of(
              Duration.ofSeconds(10),
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(1),
              Duration.ofHours(1))) {
        assertThat(commitments.due()).containsExactly(due);
        commitments.missed(due);
        clock.turn(wait.minusSeconds(1));
        assertThat(commitments.due()).isEmpty();
        clock.turn(Duration.ofSeconds(1));
      }
      clock.turn(Duration.ofDays(3));
      assertThat(commitments.due()).isEmpty();
      assertThat(commitments.ask(DEVICE, TRANSACTION, ONE)).isEqualTo(Asked.TAKEN);
    }
  }

  @Test
  void whoMayNotStoreMayNotAsk() throws IOException {
    try (OpenArchive opened = open()) {
      Caller.Device station =
          new Caller.Device(
              "READ1", Set.of(DeviceVerb.FIND), java.util.Optional.empty(), DEVICE.origin());
      assertThat(opened.archive.commitments().ask(station, TRANSACTION, ONE))
          .isEqualTo(Asked.NOT_AUTHORIZED);
      assertThat(opened.archive.commitments().ask(DEVICE, TRANSACTION, List.of()))
          .isEqualTo(Asked.RESOURCE_LIMITATION);
    }
  }

  /// A clock of the archive's kind.
  private static final class Turned extends Clock {
    private final HandClock hand;

    Turned(HandClock hand) {
      this.hand = hand;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public java.time.Instant instant() {
      return hand.instant();
    }
  }
}
