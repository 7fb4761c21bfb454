package leadglass.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.store.SiteId;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events as frames, byte by byte, and through the log.
class EventFramesTest {
  private static final SiteId SITE = new SiteId("101112131415161718191a1b1c1d1e1f");
  private static final SecretBytes KEY = new SecretBytes(range(0, 32));

  // version and zeros, site, nonce, ciphertext, tag: DELETED, number 5, in 2023 by "ann", of study
  // 20 21 … 2f,
  // no keys, detail "hi"
  private static final String PAYLOAD =
      "01000000 101112131415161718191a1b1c1d1e1f 000000000000000000000000"
          + " 0fbcb5deb52c83bd0da8a93493e374f1d24356532be00e41a0bf91a0e1da7b716676cc9706df96"
          + " 2933c371f5c1ce694cc16e93fb73569d1e6ad4ef531f49d8f8065e";

  @TempDir Path folder;

  private static byte[] range(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static LifeEvent event(SiteId site, LifeEvent.Kind kind, List<byte[]> keys) {
    return new LifeEvent(
        site,
        range(0, 16),
        5,
        kind,
        1_700_000_000_000L,
        "ann",
        range(32, 48),
        keys,
        new byte[] {7});
  }

  private static Placed placed(byte[] payload) {
    Frame frame = new Frame(Frame.Kind.EVENT, payload.length, range(0, 16));
    return new Placed(frame, new Position("0".repeat(32), 64), payload);
  }

  private static LifeEvent open(byte[] payload) throws Records.DamagedException {
    return EventFrames.open(
        placed(payload), site -> site.equals(SITE) ? Optional.of(KEY) : Optional.empty());
  }

  private static byte[] payload(ByteBuffer frame) {
    byte[] payload = new byte[frame.remaining() - Frame.HEADER_BYTES];
    frame.get(Frame.HEADER_BYTES, payload);
    return payload;
  }

  @Test
  void anEventIsReadAsTheFormatSays() throws Exception {
    LifeEvent event = open(HexFormat.of().parseHex(PAYLOAD.replace(" ", "")));

    assertThat(event.site()).isEqualTo(SITE);
    assertThat(event.number()).isEqualTo(5);
    assertThat(event.kind()).isEqualTo(LifeEvent.Kind.DELETED);
    assertThat(event.atMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(event.by()).isEqualTo("ann");
    assertThat(event.subject()).isEqualTo(range(32, 48));
    assertThat(event.keys()).isEmpty();
    assertThat(event.detail()).asString().isEqualTo("hi");
  }

  @Test
  void whatWasWrittenComesBack() throws Exception {
    for (LifeEvent.Kind kind : LifeEvent.Kind.values()) {
      List<byte[]> keys = List.of(range(1, 17), range(2, 18));
      LifeEvent back = open(payload(EventFrames.frame(event(SITE, kind, keys), KEY)));

      assertThat(back).usingRecursiveComparison().isEqualTo(event(SITE, kind, keys));
    }
  }

  @Test
  void noEventIsReadWithAnyBitChangedOrAnyByteMissing() {
    byte[] whole = payload(EventFrames.frame(event(SITE, LifeEvent.Kind.MOVED, List.of()), KEY));
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> open(changed))
          .as("bit %d", bit)
          .isInstanceOf(Records.DamagedException.class);
    }
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> open(cut)).isInstanceOf(Records.DamagedException.class);
    }
  }

  @Test
  void anEventIsNotWrittenThatWouldNotBeRead() {
    LifeEvent good = event(SITE, LifeEvent.Kind.ERASED, List.of());
    List<byte[]> tooMany = java.util.Collections.nCopies(EventFrames.KEYS_MAX + 1, range(0, 16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventFrames.frame(event(SITE, good.kind(), tooMany), KEY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventFrames.frame(event(SITE, good.kind(), List.of(new byte[15])), KEY));
  }

  @Test
  void theLogHandsEventsOverInTheirPlaceAmongTheOthers() throws Exception {
    List<String> told = new ArrayList<>();
    try (Disk disk = new FileDisk(folder.resolve("packs"));
        KeyStore keys = KeyStore.open(folder.resolve("keys.db"), KEY)) {
      SiteId site = keys.createSite();
      try (PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL)) {
        ByteBuffer audit = RecordFrames.audit(new byte[16], new byte[40]);
        ByteBuffer first =
            EventFrames.frame(
                event(site, LifeEvent.Kind.DELETED, List.of()), keys.site(site).events());
        log.appendBatch(List.of(List.of(audit), List.of(first), List.of(audit)));
        log.force();
        ByteBuffer second =
            EventFrames.frame(
                event(site, LifeEvent.Kind.RESTORED, List.of()), keys.site(site).events());
        log.appendBatch(List.of(List.of(second)));
      }
      try (PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL)) {
        Records records = new Records(log, keys);
        log.replay(
            Optional.empty(),
            EnumSet.of(Frame.Kind.AUDIT, Frame.Kind.EVENT),
            (frames, _) -> {
              for (Placed frame : frames) {
                told.add(
                    frame.frame().kind() == Frame.Kind.EVENT
                        ? records.event(frame).map(e -> e.kind().name()).orElse("gone")
                        : "AUDIT");
              }
              return true;
            });
      }
    }
    assertThat(told).containsExactly("AUDIT", "DELETED", "AUDIT", "RESTORED");
  }

  @Test
  void anEventOfASiteWithoutKeysTellsNothing() throws Exception {
    try (Disk disk = new FileDisk(folder.resolve("packs"));
        KeyStore keys = KeyStore.open(folder.resolve("keys.db"), KEY);
        PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL)) {
      byte[] payload =
          payload(EventFrames.frame(event(SITE, LifeEvent.Kind.PURGED, List.of()), KEY));

      assertThat(new Records(log, keys).event(placed(payload))).isEmpty();
    }
  }
}
