package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What packs a disk holds.
///
/// @param whole by name, those that belong to the log
/// @param headless packs whose header is lost; nobody knows where in the log they belong, but what
///   lies in them can be read by its place
/// @param copies packs that were made to replace another one that is there still
record PackHeaders(Map<String, PackHeader> whole, Set<String> headless, List<PackHeader> copies) {

  /// Reads every header, and removes what was begun and never held anything.
  static PackHeaders read(Disk disk) throws IOException {
    Map<String, PackHeader> whole = new HashMap<>();
    Set<String> headless = new HashSet<>();
    for (String name : disk.packs()) {
      // The header is synced before anything follows it: what is no longer was only begun.
      if (disk.size(name) <= PackHeader.BYTES) {
        disk.remove(name);
        continue;
      }
      Optional<PackHeader> header = header(disk, name);
      if (header.isPresent()) {
        whole.put(name, header.get());
      } else {
        headless.add(name);
      }
    }
    List<PackHeader> copies = new ArrayList<>();
    for (PackHeader each : List.copyOf(whole.values())) {
      String old = each.replaces().orElse("");
      if (whole.containsKey(old) || headless.contains(old)) {
        whole.remove(each.name());
        if (new FrameWalk(disk, each.name()).closeAt() >= 0) {
          copies.add(each);
        } else {
          disk.remove(each.name()); // never finished
        }
      }
    }
    return new PackHeaders(whole, headless, copies);
  }

  private static Optional<PackHeader> header(Disk disk, String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PackHeader.BYTES);
    disk.read(name, 0, bytes);
    bytes.flip();
    return PackHeader.decode(bytes)
        .or(() -> PackHeader.mended(bytes))
        .filter(header -> header.name().equals(name));
  }
}
