package leadglass.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.store.pack.Damage;

/// What is known to be damaged, kept in the registry until it is whole again; and when packs were
/// looked at. Confined to one thread at a time but for reading.
final class DamageBook {
  private static final String KIND = "damage";
  private static final String SCRUB = "scrub";

  private final Registry registry;

  DamageBook(Registry registry) {
    this.registry = registry;
  }

  /// A damage, and the pack that was verified when it was found: chunks of a large instance lie in
  /// other packs too.
  private record Noted(String by, Scrub.Known damage) {}

  private List<Noted> noted() {
    List<Noted> all = new ArrayList<>();
    for (Registry.Entry each : registry.list(KIND)) {
      all.add(decode(each.document()));
    }
    return all;
  }

  List<Scrub.Known> all() {
    return noted().stream().map(Noted::damage).distinct().toList();
  }

  /// The packs that are whole once a pack is.
  Set<String> foundBy(String pack) {
    Set<String> by = new HashSet<>();
    for (Noted each : noted()) {
      if (each.damage().pack().equals(pack)) {
        by.add(each.by());
      }
    }
    return by;
  }

  /// What was found when a pack was verified.
  ///
  /// @return those that were not known before
  List<Damage> found(String pack, List<Damage> damages, long millis) {
    Set<String> now = new HashSet<>();
    List<Damage> fresh = new ArrayList<>();
    for (Damage each : damages) {
      String key = key(pack, each.pack(), each.offset(), each.hit().name());
      now.add(key);
      if (registry.find(KIND, key).isEmpty()) {
        registry.put(KIND, key, 0, encode(pack, each, millis));
        fresh.add(each);
      }
    }
    for (Noted each : noted()) {
      Scrub.Known damage = each.damage();
      String key = key(pack, damage.pack(), damage.offset(), damage.hit());
      if (each.by().equals(pack) && !now.contains(key)) {
        registry.remove(KIND, key);
      }
    }
    return fresh;
  }

  /// A pack is not there any more.
  void forget(String pack) {
    found(pack, List.of(), 0);
  }

  private static String key(String by, String pack, long offset, String hit) {
    return by + " " + pack + " " + offset + " " + hit;
  }

  /// A time that was noted, 0: never.
  long noted(String what) {
    return registry
        .find(SCRUB, what)
        .map(entry -> new DataInputStream(new ByteArrayInputStream(entry.document())))
        .map(DamageBook::readLong)
        .orElse(0L);
  }

  void note(String what, long value) {
    long version = registry.find(SCRUB, what).map(Registry.Entry::version).orElse(0L);
    registry.put(SCRUB, what, version, java.nio.ByteBuffer.allocate(8).putLong(value).array());
  }

  private static long readLong(DataInputStream in) {
    try {
      return in.readLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] encode(String by, Damage damage, long millis) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(1);
      out.writeUTF(by);
      out.writeLong(millis);
      out.writeUTF(damage.pack());
      out.writeLong(damage.offset());
      out.writeUTF(damage.hit().name());
      out.writeUTF(damage.site().map(SiteId::value).orElse(""));
      out.writeUTF(damage.study().orElse(""));
      out.writeUTF(damage.record().orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static Noted decode(byte[] document) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(document))) {
      if (in.readByte() != 1) {
        throw new IOException("a damage of a newer version");
      }
      return new Noted(
          in.readUTF(),
          new Scrub.Known(
              in.readLong(),
              in.readUTF(),
              in.readLong(),
              in.readUTF(),
              text(in).map(SiteId::new),
              text(in),
              text(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> text(DataInputStream in) throws IOException {
    return Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
  }
}
