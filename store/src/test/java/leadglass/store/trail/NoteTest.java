package leadglass.store.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import leadglass.store.seal.SecretBytes;
import org.junit.jupiter.api.Test;

/// Signed notes as C2SP writes them, and the keys they are signed with.
class NoteTest {
  private static final SecretBytes AUDIT =
      new SecretBytes(
          HexFormat.of()
              .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

  private final TrailKeys keys = TrailKeys.of(AUDIT);

  /// Keys come from the audit secret for ever: docs/formats/trail.md.
  @Test
  void theKeysOfAnAuditSecretNeverChange() {
    List<Vkey> verifying = keys.verifying();

    assertThat(keys.origin()).isEqualTo("leadglass/50922016ea2216a3479135e85d159a03");
    assertThat(verifying.getFirst().text())
        .isEqualTo(
            "leadglass/50922016ea2216a3479135e85d159a03+97dd5be3+AcBkotQNYZXM6PsRoP5F9A77PGa2dZun9kAMZacyCKWK");
    assertThat(HexFormat.of().formatHex(new TreeHash().of(verifying.getLast().key())))
        .isEqualTo("1c09370ef271d0233f1828194079a314f5e05d4e64998cd1da3ec25081acbbcd");
    Head head = keys.head(3, 1_700_000_000_000L, new byte[32], new byte[32]);
    assertThat(HexFormat.of().formatHex(head.signature()))
        .isEqualTo(
            "663b0cdb43f5cbcad2f566d5ed5af7f5dd818df4d7a40cdf7b39cc106147643075b147cfac5e0e1d258172a6e59659506f0879722366d55caf947f53e512dd09");
    keys.hasten();
    assertThat(keys.head(3, 1_700_000_000_000L, new byte[32], new byte[32]).signature())
        .isEqualTo(head.signature());
  }

  @Test
  void aNoteIsReadAgainAndEveryChangeOfItIsSeen() {
    byte[] root = new TreeHash().of(new byte[] {1});
    String text = keys.note(12_345, root, 1_700_000_000_000L);
    Note note = Note.parse(text).orElseThrow();

    assertThat(text)
        .startsWith(keys.origin() + "\n12345\n")
        .contains("\ntime 2023-11-14T22:13:20Z\n");
    assertThat(note.size()).isEqualTo(12_345);
    assertThat(note.millis()).isEqualTo(1_700_000_000_000L);
    assertThat(keys.verifying()).allMatch(note::signedBy);
    TrailKeys others = TrailKeys.of(new SecretBytes(new byte[32]));
    assertThat(others.verifying()).noneMatch(note::signedBy);
    for (String bent :
        List.of(
            text.replace("\n12345\n", "\n12346\n"),
            text.replace("22:13:20Z", "22:13:21Z"),
            bend(text, text.indexOf(' ', text.indexOf("— ") + 2) + 21),
            bend(text, text.length() - 100))) {
      assertThat(bent).isNotEqualTo(text);
      boolean holds =
          Note.parse(bent).stream()
              .anyMatch(each -> keys.verifying().stream().allMatch(each::signedBy));
      assertThat(holds).isFalse();
    }
    assertThat(Note.parse("")).isEmpty();
    assertThat(Note.parse("a\n-1\n" + "A".repeat(43) + "=\n\n")).isEmpty();
    assertThat(Note.parse(text.replace("\n12345\n", "\n012345\n"))).isEmpty();
  }

  /// A character of a signature as another one; ML-DSA signs differently each time.
  private static String bend(String text, int at) {
    return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
  }

  @Test
  void aVerifierKeyIsReadAgainAndOneThatWasMistypedIsNot() {
    for (Vkey each : keys.verifying()) {
      assertThat(Vkey.parse(each.text() + "\n")).contains(each);
      assertThat(Vkey.parse(each.text().replace('A', 'B'))).isEmpty();
    }
    assertThat(Vkey.parse("nothing")).isEmpty();
    // The example of the signed note format's own reference implementation.
    assertThat(Vkey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        .isPresent();
  }
}
