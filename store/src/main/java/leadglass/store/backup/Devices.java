package leadglass.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.BackupOrder;
import leadglass.store.BackupRefusedException;

/// Which of data, copy and keys lie on one device: whatever takes one takes the other. Two
/// partitions of a disk are told apart here, and a thief tells them not.
final class Devices {
  private Devices() {}

  /// Whether any two share a device.
  ///
  /// @throws BackupRefusedException if they do and must not
  static boolean shared(Path data, BackupOrder order) throws IOException {
    Optional<Object> to =
        order.to() instanceof FolderPlace place
            ? Optional.of(device(place.folder()))
            : Optional.empty();
    Object keys = device(new FolderPlace(order.keys()).folder());
    Object held = device(data);
    List<String> shared = new ArrayList<>();
    if (to.filter(held::equals).isPresent()) {
      shared.add("the copy would lie on the device that holds the data");
    }
    if (keys.equals(held)) {
      shared.add("the keys would lie on the device that holds the data");
    }
    if (to.filter(keys::equals).isPresent()) {
      shared.add("the keys would lie on the device that holds the copy");
    }
    if (!shared.isEmpty() && !order.sameDevice()) {
      throw new BackupRefusedException(String.join(", and ", shared));
    }
    return !shared.isEmpty();
  }

  private static Object device(Path folder) throws IOException {
    return Files.getAttribute(folder, "unix:dev");
  }
}
