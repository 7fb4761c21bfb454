package leadglass.store.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.store.SiteId;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.EventFrames;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.Records;
import leadglass.store.seal.SecretBytes;

/// Events of the log, as EVENT frames. They outlive every copy: whoever restores an older one gets
/// the events that came later too, and the keys they destroyed are destroyed again.
public final class Events {
  private Events() {}

  private static Optional<SecretBytes> eventKey(KeyStore keys, SiteId site) {
    return keys.sites().contains(site) ? Optional.of(keys.site(site).events()) : Optional.empty();
  }

  private static Optional<LifeEvent> open(byte[] frame, KeyStore keys) {
    try {
      return Optional.of(EventFrames.open(EventFrames.placed(frame), site -> eventKey(keys, site)));
    } catch (Records.DamagedException _) {
      return Optional.empty();
    }
  }

  /// How many of them destroyed keys.
  public static int destructions(Collection<byte[]> events, KeyStore keys) {
    return (int)
        events.stream()
            .filter(frame -> open(frame, keys).filter(Events::destroyed).isPresent())
            .count();
  }

  private static boolean destroyed(LifeEvent event) {
    return switch (event.kind()) {
      case ERASED, PURGED -> true;
      case DELETED, RESTORED, MOVED, ACCEPTED, DISCARDED -> false;
    };
  }

  /// The same event is told by many snapshots: one of each, in the order given.
  static List<byte[]> once(Collection<byte[]> frames) {
    Map<String, byte[]> byId = new LinkedHashMap<>();
    for (byte[] frame : frames) {
      byId.putIfAbsent(id(frame), frame);
    }
    return List.copyOf(byId.values());
  }

  private static String id(byte[] frame) {
    return HexFormat.of().formatHex(EventFrames.placed(frame).frame().record());
  }

  /// Those that are not among `known`, in the order they happened.
  static List<byte[]> missing(Collection<byte[]> frames, Collection<byte[]> known, KeyStore keys) {
    Set<String> there = known.stream().map(Events::id).collect(Collectors.toSet());
    return once(frames).stream()
        .filter(frame -> !there.contains(id(frame)))
        .sorted(
            Comparator.comparingLong(frame -> open(frame, keys).map(LifeEvent::number).orElse(0L)))
        .toList();
  }

  /// Has keys obey them in the order they happened: a study that was given to another patient does
  /// not go with the one it had before.
  static void obey(Collection<byte[]> frames, KeyStore keys) throws IOException {
    List<LifeEvent> events =
        frames.stream()
            .flatMap(frame -> open(frame, keys).stream())
            .sorted(Comparator.comparingLong(LifeEvent::number))
            .toList();
    for (LifeEvent event : events) {
      keys.obey(event);
    }
  }

  /// Names of the keys they destroyed.
  static List<byte[]> destroyed(Collection<byte[]> frames, KeyStore keys) {
    List<byte[]> names = new ArrayList<>();
    for (byte[] frame : frames) {
      open(frame, keys).filter(Events::destroyed).ifPresent(each -> names.addAll(each.keys()));
    }
    return names;
  }

  /// Appends events to a log that does not have them, so that the next backup tells of them too.
  static void append(Collection<byte[]> frames, PackLog log) throws IOException {
    List<List<ByteBuffer>> batch =
        frames.stream().map(frame -> List.of(ByteBuffer.wrap(frame))).toList();
    if (!batch.isEmpty()) {
      log.appendBatch(batch);
      log.force();
    }
  }
}
