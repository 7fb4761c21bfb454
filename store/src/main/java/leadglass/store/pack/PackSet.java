package leadglass.store.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.InstanceRow.Location;

/// The packs of a log: which there are, who reads or fills them, and what took the place of which.
///
/// Safe for use by several threads.
public final class PackSet {
  private final Disk disk;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PackHeader> packs;
  private final Set<String> headless;
  private final Set<String> announced = new HashSet<>();
  private final Map<String, String> replaced;
  private final Holds holds = new Holds();
  private final Relocations relocations = new Relocations();
  private final Map<Reception, Set<String>> receiving = new HashMap<>();

  private PackSet(Disk disk, PackHeaders found) {
    this.disk = disk;
    this.packs = new HashMap<>(found.whole());
    this.headless = new HashSet<>(found.headless());
    this.replaced = new HashMap<>(found.replaced());
  }

  static PackSet read(Disk disk) throws IOException {
    return new PackSet(disk, PackHeaders.read(disk));
  }

  /// Names of all packs.
  Set<String> names() {
    lock.lock();
    try {
      Set<String> names = new HashSet<>(packs.keySet());
      names.addAll(headless);
      return Set.copyOf(names);
    } finally {
      lock.unlock();
    }
  }

  /// All packs of one moment: the header of each by its name, empty if it is lost.
  Map<String, Optional<PackHeader>> known() {
    lock.lock();
    try {
      Map<String, Optional<PackHeader>> known = new HashMap<>();
      headless.forEach(name -> known.put(name, Optional.empty()));
      packs.forEach((name, header) -> known.put(name, Optional.of(header)));
      return known;
    } finally {
      lock.unlock();
    }
  }

  /// Headers of all packs whose place in the log is known.
  List<PackHeader> all() {
    lock.lock();
    try {
      return new ArrayList<>(packs.values());
    } finally {
      lock.unlock();
    }
  }

  Optional<PackHeader> header(String pack) {
    lock.lock();
    try {
      return Optional.ofNullable(packs.get(pack));
    } finally {
      lock.unlock();
    }
  }

  void add(PackHeader header) {
    lock.lock();
    try {
      packs.put(header.name(), header);
    } finally {
      lock.unlock();
    }
  }

  /// Whether a pack holds chunks of one data set only.
  public boolean isSide(String pack) {
    return header(pack).filter(PackHeader::side).isPresent();
  }

  /// Packs of an earlier run that were written anew but not removed: the name of each, and of the
  /// one that took its place.
  public Map<String, String> replaced() {
    lock.lock();
    try {
      return Map.copyOf(replaced);
    } finally {
      lock.unlock();
    }
  }

  /// Removes a pack that another has taken the place of, or that holds nothing any more: its file
  /// once nobody reads it.
  public void remove(String pack) throws IOException {
    boolean now;
    lock.lock();
    try {
      packs.remove(pack);
      announced.remove(pack);
      replaced.remove(pack);
      now = holds.doom(pack);
    } finally {
      lock.unlock();
    }
    if (now) {
      disk.remove(pack);
    }
  }

  /// A pack is about to take another one's place: it may be held already.
  void announce(String pack) {
    lock.lock();
    try {
      announced.add(pack);
    } finally {
      lock.unlock();
    }
  }

  /// A pack was written anew: the new one is part of the log from now on, the old one is not, but
  /// its file is there until it is removed.
  void replace(PackHeader fresh, List<Repack.Moved> moved) {
    String old = fresh.replaces().orElseThrow();
    lock.lock();
    try {
      announced.remove(fresh.name());
      packs.put(fresh.name(), fresh);
      packs.remove(old);
      relocations.add(old, fresh.name(), moved);
    } finally {
      lock.unlock();
    }
  }

  /// Whether a pack lies before another one in the log.
  public boolean isBefore(String pack, String other) {
    lock.lock();
    try {
      PackHeader first = packs.get(pack);
      PackHeader second = packs.get(other);
      return first != null && second != null && first.number() < second.number();
    } finally {
      lock.unlock();
    }
  }

  /// Another file took the place of a pack's: if its header was lost before, it has one now.
  public void mended(String pack) throws IOException {
    Optional<PackHeader> header = PackHeaders.header(disk, pack);
    lock.lock();
    try {
      if (headless.remove(pack)) {
        header.ifPresentOrElse(found -> packs.put(pack, found), () -> headless.add(pack));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Keeps packs from being removed while somebody reads them.
  public final class Hold implements AutoCloseable {
    private final Set<String> held = new HashSet<>();

    private Hold() {}

    /// @return false if the pack is not there any more
    public boolean add(String pack) {
      lock.lock();
      try {
        boolean there =
            packs.containsKey(pack)
                || headless.contains(pack)
                || announced.contains(pack)
                || holds.isDoomed(pack);
        if (there && held.add(pack)) {
          holds.hold(pack);
        }
        return there;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() throws IOException {
      List<String> free = new ArrayList<>();
      lock.lock();
      try {
        held.stream().filter(holds::release).forEach(free::add);
        held.clear();
      } finally {
        lock.unlock();
      }
      for (String pack : free) {
        disk.remove(pack);
      }
    }
  }

  /// A hold of nothing yet.
  public Hold hold() {
    return new Hold();
  }

  /// Where the record of a place lies now that its pack may have been written anew.
  Location now(Location at) {
    lock.lock();
    try {
      return relocations.now(at);
    } finally {
      lock.unlock();
    }
  }

  /// Chunks of a data set that is still coming were appended to a pack.
  void receiving(Reception reception, String pack) {
    lock.lock();
    try {
      receiving.computeIfAbsent(reception, _ -> new HashSet<>()).add(pack);
    } finally {
      lock.unlock();
    }
  }

  /// The data set is filed and found, or given up.
  void received(Reception reception) {
    lock.lock();
    try {
      receiving.remove(reception);
    } finally {
      lock.unlock();
    }
  }

  /// Whether chunks of a data set that is still coming lie in a pack.
  public boolean isReceiving(String pack) {
    lock.lock();
    try {
      return receiving.values().stream().anyMatch(each -> each.contains(pack));
    } finally {
      lock.unlock();
    }
  }
}
