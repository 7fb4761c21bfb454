package leadglass.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leadglass.archive.Witnessing.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two archives: one is the witness of the other.
@SuppressWarnings("NullAway.Init")
class WitnessingTest {
  private static final Caller PROGRAM =
      new Caller.Program(
          "id", "mara", Set.of(Role.AUDITOR), Set.of(Caller.Scope.WITNESS), Ward.PAGE);

  @TempDir private Path folder;
  private OpenArchive peer;
  private OpenArchive house;

  @BeforeEach
  void open() throws IOException {
    peer = OpenArchive.in(Files.createDirectories(folder.resolve("peer")));
    house = OpenArchive.in(Files.createDirectories(folder.resolve("house")));
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    house.close();
  }

  private Witnessing witnessing() {
    return house.archive.witnessing();
  }

  private void makeKnown() throws IOException {
    assertThat(witnessing().add(Ward.CONSOLE, "north", peer.store.trail().keys())).isEmpty();
  }

  private static void happen(OpenArchive archive, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      archive
          .archive
          .auditLog()
          .activity(new Caller.Console("x", Ward.CONSOLE.origin()), true, "1");
    }
  }

  /// A request over everything there is now.
  private byte[] request(OpenArchive of, long old) throws IOException {
    String note = of.archive.checkpoints().now(Ward.CONSOLE).orElseThrow();
    return of.archive.checkpoints().request(note, old).body();
  }

  private long size() {
    return witnessing().peers(Ward.CONSOLE).getFirst().size();
  }

  private static String with(byte[] request, String from, String to) {
    return new String(request, UTF_8).replace(from, to);
  }

  @Test
  void aTrailThatGrowsIsCosignedAndTheNewestCheckpointKept() throws IOException {
    makeKnown();
    happen(peer, 3);
    assertThat(witnessing().add(PROGRAM, request(peer, 0))).isInstanceOf(Answer.Cosigned.class);
    long first = size();
    assertThat(first).isEqualTo(peer.store.trail().size());
    happen(peer, 5);
    Answer answer = witnessing().add(PROGRAM, request(peer, first));
    String note = peer.archive.checkpoints().newest();
    String line = ((Answer.Cosigned) answer).line();
    assertThat(witnessing().kept(Ward.CONSOLE, "north")).contains(note + line);
    assertThat(peer.archive.checkpoints().cosigned(note + line, witnessing().key())).isTrue();
    assertThat(peer.archive.checkpoints().cosigned(note, witnessing().key())).isFalse();
    assertThat(witnessing().peers(Ward.CONSOLE).getFirst().wrongMillis()).isEmpty();
    // The same again: nothing is new, and nothing wrong with that.
    assertThat(witnessing().add(PROGRAM, request(peer, size())))
        .isInstanceOf(Answer.Cosigned.class);
  }

  @Test
  void whatTheWitnessHasIsToldToWhoeverThinksOfAnother() throws IOException {
    makeKnown();
    happen(peer, 3);
    assertThat(witnessing().add(PROGRAM, request(peer, 2))).isEqualTo(new Answer.Conflict(0));
    assertThat(witnessing().add(PROGRAM, request(peer, 0))).isInstanceOf(Answer.Cosigned.class);
    long has = size();
    happen(peer, 3);
    assertThat(witnessing().add(PROGRAM, request(peer, 0))).isEqualTo(new Answer.Conflict(has));
    assertThat(witnessing().peers(Ward.CONSOLE).getFirst().wrongMillis()).isEmpty();
  }

  @Test
  void aProofThatDoesNotFitIsRefusedAndTheTrailSaysSo() throws IOException {
    makeKnown();
    happen(peer, 3);
    witnessing().add(PROGRAM, request(peer, 0));
    long has = size();
    happen(peer, 6);
    String whole = new String(request(peer, has), UTF_8);
    String bent = whole.replaceFirst("\n[A-Za-z0-9+/]{4}", "\nAAAA");
    assertThat(bent).isNotEqualTo(whole);
    assertThat(witnessing().add(PROGRAM, bent.getBytes(UTF_8)))
        .isInstanceOf(Answer.Inconsistent.class);
    assertThat(size()).isEqualTo(has);
    assertThat(witnessing().peers(Ward.CONSOLE).getFirst().why()).contains("was changed");
    assertThat(house.trail().getLast())
        .contains("SECURITY")
        .contains("the trail of north contradicts itself")
        .contains("\"success\":false");
  }

  @Test
  void aTrailThatIsShorterThanBeforeIsRefused() throws IOException {
    makeKnown();
    happen(peer, 3);
    byte[] earlier = request(peer, 0);
    happen(peer, 3);
    witnessing().add(PROGRAM, request(peer, 0));
    long has = size();
    assertThat(witnessing().add(PROGRAM, earlier)).isEqualTo(new Answer.Conflict(has));
    assertThat(size()).isEqualTo(has);
    assertThat(witnessing().peers(Ward.CONSOLE).getFirst().why()).contains("fewer entries");
  }

  @Test
  void whoeverIsNotKnownOrDoesNotSignIsRefused() throws IOException {
    happen(peer, 2);
    byte[] request = request(peer, 0);
    assertThat(witnessing().add(PROGRAM, request)).isInstanceOf(Answer.UnknownTrail.class);
    makeKnown();
    String name = peer.archive.checkpoints().newest().lines().findFirst().orElseThrow();
    String size = "\n" + peer.store.trail().size() + "\n";
    assertThat(witnessing().add(PROGRAM, with(request, size, "\n9999\n").getBytes(UTF_8)))
        .isInstanceOf(Answer.UnknownKey.class);
    assertThat(witnessing().add(PROGRAM, with(request, name, "other").getBytes(UTF_8)))
        .isInstanceOf(Answer.UnknownTrail.class);
    assertThat(witnessing().add(PROGRAM, "old 0\n\nnothing\n".getBytes(UTF_8)))
        .isInstanceOf(Answer.Malformed.class);
    assertThat(witnessing().add(PROGRAM, with(request, "old 0", "old 9999").getBytes(UTF_8)))
        .isInstanceOf(Answer.Malformed.class);
    for (Caller other :
        List.of(
            OpenArchive.person(Role.ADMINISTRATOR),
            OpenArchive.person(Role.WITNESS),
            Ward.CONSOLE,
            new Caller.Stranger(Ward.PAGE))) {
      assertThat(witnessing().add(other, request)).isInstanceOf(Answer.UnknownTrail.class);
    }
    assertThat(size()).isZero();
    assertThat(witnessing().remove(Ward.CONSOLE, "north")).isEqualTo(new Ruling.Done("north"));
    assertThat(witnessing().add(PROGRAM, request)).isInstanceOf(Answer.UnknownTrail.class);
  }

  @Test
  void aTrailIsMadeKnownByItsKeysOnceAndNotOnesOwn() throws IOException {
    makeKnown();
    List<String> keys = peer.store.trail().keys();
    assertThat(witnessing().add(Ward.CONSOLE, "south", keys)).isPresent();
    assertThat(witnessing().add(Ward.CONSOLE, "n\u001b[1m", keys)).isPresent();
    assertThat(witnessing().add(Ward.CONSOLE, "own", house.store.trail().keys()))
        .hasValueSatisfying(rule -> assertThat(rule).contains("their own witness"));
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("nothing"),
            List.of(keys.getFirst(), keys.getFirst()),
            List.of(keys.getFirst(), house.store.trail().keys().getLast()),
            List.of(peer.store.trail().cosigningKey()))) {
      assertThat(witnessing().add(Ward.CONSOLE, "other", wrong)).isPresent();
    }
    Caller auditor = OpenArchive.person(Role.AUDITOR);
    assertThat(witnessing().add(auditor, "other", keys)).contains("You may not do this.");
    assertThat(witnessing().peers(auditor)).isEmpty();
    assertThat(witnessing().kept(auditor, "north")).isEmpty();
    assertThat(witnessing().remove(auditor, "north")).isEqualTo(new Ruling.NotThere());
  }

  @Test
  void whatWasSeenIsRememberedAfterARestart() throws IOException {
    makeKnown();
    happen(peer, 3);
    witnessing().add(PROGRAM, request(peer, 0));
    long has = size();
    String kept = witnessing().kept(Ward.CONSOLE, "north").orElseThrow();
    house.close();
    house = OpenArchive.in(folder.resolve("house"));
    assertThat(size()).isEqualTo(has);
    assertThat(witnessing().kept(Ward.CONSOLE, "north")).contains(kept);
  }

  @Test
  void manyAtATimeNeverRollTheWitnessBack() throws Exception {
    makeKnown();
    List<byte[]> requests = new java.util.ArrayList<>();
    for (int i = 0; i < 8; i++) {
      happen(peer, 2);
      requests.add(request(peer, 0));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> all =
          requests.stream()
              .map(each -> (Callable<Answer>) () -> witnessing().add(PROGRAM, each))
              .toList();
      int cosigned = 0;
      for (Future<Answer> each : threads.invokeAll(all)) {
        cosigned += each.get() instanceof Answer.Cosigned ? 1 : 0;
      }
      assertThat(cosigned).isEqualTo(1); // each of them thought that there was nothing
    }
  }
}
