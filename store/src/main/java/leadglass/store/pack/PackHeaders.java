package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What packs a disk holds.
///
/// @param whole by name, those that belong to the log
/// @param headless packs whose header is lost; nobody knows where in the log they belong, but what
///   lies in them can be read by its place
/// @param replaced packs that were written anew and are there still: the name of each, and of the
///   one that took its place
record PackHeaders(
    Map<String, PackHeader> whole, Set<String> headless, Map<String, String> replaced) {

  /// Reads every header, and removes what was begun and never came to anything.
  static PackHeaders read(Disk disk) throws IOException {
    Map<String, PackHeader> whole = new HashMap<>();
    Set<String> headless = new HashSet<>();
    Set<String> unfinished = new HashSet<>();
    Set<String> names = Set.copyOf(disk.packs());
    for (String name : names) {
      // The header is synced before anything follows it: what is no longer was only begun.
      if (disk.size(name) <= PackHeader.BYTES) {
        disk.remove(name);
        continue;
      }
      Optional<PackHeader> header = header(disk, name);
      if (header.isEmpty()) {
        headless.add(name);
      } else if (!header.get().name().equals(name)) {
        // A copy that was to mend the pack it names, and did not get its name.
        if (names.contains(header.get().name())) {
          disk.remove(name);
        } else {
          headless.add(name);
        }
      } else if (header.get().replaces().isPresent() && new FrameWalk(disk, name).closeAt() < 0) {
        if (names.contains(header.get().replaces().get())) {
          disk.remove(name); // writing anew was not finished
        } else {
          whole.put(name, header.get());
          unfinished.add(name); // or the last frame was lost: counts if no other one does
        }
      } else {
        whole.put(name, header.get());
      }
    }
    return new PackHeaders(whole, headless, replaced(whole, headless, unfinished));
  }

  /// Of the packs of one number the newest that was finished counts; takes the others out.
  private static Map<String, String> replaced(
      Map<String, PackHeader> whole, Set<String> headless, Set<String> unfinished) {
    Map<Long, PackHeader> newest = new HashMap<>();
    Comparator<PackHeader> order =
        Comparator.comparing((PackHeader each) -> !unfinished.contains(each.name()))
            .thenComparingInt(PackHeader::generation)
            .thenComparing(PackHeader::name);
    for (PackHeader each : whole.values()) {
      newest.merge(each.number(), each, (a, b) -> order.compare(a, b) > 0 ? a : b);
    }
    Map<String, String> replaced = new HashMap<>();
    for (PackHeader each : Map.copyOf(whole).values()) {
      PackHeader in = newest.getOrDefault(each.number(), each);
      if (!in.name().equals(each.name())) {
        replaced.put(each.name(), in.name());
        whole.remove(each.name());
      }
    }
    for (PackHeader each : whole.values()) {
      each.replaces().filter(headless::remove).ifPresent(old -> replaced.put(old, each.name()));
    }
    return replaced;
  }

  static Optional<PackHeader> header(Disk disk, String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PackHeader.BYTES);
    disk.read(name, 0, bytes);
    bytes.flip();
    return PackHeader.decode(bytes)
        .or(() -> PackHeader.mended(bytes).filter(header -> header.name().equals(name)));
  }
}
