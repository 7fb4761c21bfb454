package leadglass.archive;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// How devices are doing, by what is kept of them.
final class DeviceStates {
  private static final Duration LAID_MAX = Duration.ofHours(24);

  private final InstantSource clock;

  DeviceStates(InstantSource clock) {
    this.clock = clock;
  }

  Devices.State state(DeviceRecord record) {
    if (record.revoked() != null) {
      return Devices.State.REVOKED;
    }
    long left = record.ends() - clock.millis();
    if (record.ends() == 0 || left > Devices.ENDS_SOON.toMillis()) {
      return Devices.State.VALID;
    }
    return left > 0 ? Devices.State.ENDS_SOON : Devices.State.ENDED;
  }

  Devices.Device shown(DeviceRecord record) {
    DeviceRecord.Revoked mark = record.revoked();
    long now = clock.millis();
    return new Devices.Device(
        record.aeTitle(),
        state(record),
        record.terms(),
        record.ends() == 0 ? Optional.empty() : Optional.of(record.ends()),
        record.formerProofs().stream()
            .map(DeviceRecord.Proof::ends)
            .filter(ends -> ends > now)
            .toList(),
        record.certificate() != null,
        mark == null
            ? Optional.empty()
            : Optional.of(new Devices.Revoked(mark.by(), mark.at(), mark.reason())),
        keyLaid(record),
        state(record) == Devices.State.ENDED
                && record.ends() + Devices.ENDED_MAX.toMillis() > clock.millis()
            ? Optional.of(record.ends() + Devices.ENDED_MAX.toMillis())
            : Optional.empty());
  }

  /// Where a key has lain in clear for more than a day, if it lies there still.
  private Optional<String> keyLaid(DeviceRecord record) {
    DeviceRecord.Laid laid = record.laid();
    if (laid == null || clock.millis() - laid.at() < LAID_MAX.toMillis()) {
      return Optional.empty();
    }
    try {
      return Files.exists(Path.of(laid.folder())) ? Optional.of(laid.folder()) : Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  Devices.Summary summary(List<DeviceRecord> records) {
    int count = 0;
    int soon = 0;
    int ended = 0;
    int unnamed = 0;
    int laid = 0;
    for (DeviceRecord record : records) {
      Devices.State state = state(record);
      if (state != Devices.State.REVOKED) {
        count++;
        soon += state == Devices.State.ENDS_SOON ? 1 : 0;
        ended += state == Devices.State.ENDED ? 1 : 0;
        unnamed += record.terms().owner().isEmpty() ? 1 : 0;
        laid += keyLaid(record).isPresent() ? 1 : 0;
      }
    }
    return new Devices.Summary(count, soon, ended, unnamed, laid);
  }
}
