package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import leadglass.archive.Role;
import leadglass.testkit.Corpus;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real files, sent as they are, fetched, compared. Files that share a SOP Instance UID go into
/// archives of their own. Every third of them in each build, all with `-Dleadglass.corpus=all`.
class RoundTripTest {

  /// PS3.8 §9.3.2.2: 128 presentation contexts at most.
  private static final int CONTEXTS_MAX = 100;

  @TempDir private Path folder;
  private List<List<Sample>> rounds = List.of();
  private final List<String> problems = new ArrayList<>();

  private record Kind(String sopClass, String syntax) {
    static Kind of(Sample sample) {
      return new Kind(sample.sopClass(), sample.syntax());
    }
  }

  /// Puts a sample into an archive.
  @FunctionalInterface
  private interface Sending {
    void send(OpenArchive archive, List<Sample> samples) throws IOException;
  }

  private static List<Sample> everyThird(List<Sample> all) {
    return IntStream.range(0, all.size()).filter(at -> at % 3 == 0).mapToObj(all::get).toList();
  }

  @BeforeEach
  void readCorpus() throws IOException {
    assumeTrue(Corpus.find().isPresent(), Corpus.ABSENT);
    rounds = Sample.rounds(Corpus.find().orElseThrow());
    assertThat(rounds.stream().mapToInt(List::size).sum()).isGreaterThan(735);
    if (!System.getProperty("leadglass.corpus", "").equals("all")) {
      rounds = rounds.stream().map(RoundTripTest::everyThird).toList();
    }
  }

  private void sendAndFetch(Sending sending) throws IOException {
    for (int round = 0; round < rounds.size(); round++) {
      Path here = folder.resolve("round" + round);
      try (OpenArchive archive = new OpenArchive(Premises.in(here))) {
        sending.send(archive, rounds.get(round));
      }
      Premises.delete(here);
    }
    assertThat(problems).isEmpty();
  }

  private void fetch(OpenArchive archive, Sample sample) throws IOException {
    HttpResponse<byte[]> answer =
        archive.web.get(archive.token(Role.RADIOLOGIST), sample.address(), Web.AS_STORED);
    String difference =
        answer.statusCode() == 200
            ? Same.difference(sample, Web.part(answer))
            : "status " + answer.statusCode();
    if (!difference.isEmpty()) {
      problems.add(sample + ": " + difference);
    }
  }

  @Test
  void everySoundFileSentAsItIsComesBackAsItWas() throws IOException {
    Set<String> notNegotiated = new LinkedHashSet<>();
    sendAndFetch((archive, samples) -> sendAll(archive, samples, notNegotiated));
    assertThat(notNegotiated).as("files of no registered storage class").isEmpty();
  }

  private void sendAll(OpenArchive archive, List<Sample> samples, Set<String> notNegotiated)
      throws IOException {
    List<Kind> kinds = samples.stream().map(Kind::of).distinct().toList();
    for (int from = 0; from < kinds.size(); from += CONTEXTS_MAX) {
      List<Kind> some = kinds.subList(from, Math.min(kinds.size(), from + CONTEXTS_MAX));
      RawScu.Builder builder = archive.association(Premises.CT1);
      some.forEach(kind -> builder.propose(kind.sopClass(), kind.syntax()));
      try (RawScu scu = builder.open()) {
        for (Sample sample : samples.stream().filter(s -> some.contains(Kind.of(s))).toList()) {
          int context = scu.context(sample.sopClass(), sample.syntax());
          if (context < 0) {
            notNegotiated.add(sample + " (" + sample.sopClass() + ", " + sample.syntax() + ")");
          } else {
            RawScu.Reply reply =
                scu.store(context, sample.sopClass(), sample.instance(), sample.file().dataSet());
            told(sample, reply.status(), reply.errorComment());
            fetch(archive, sample);
          }
        }
        scu.release();
      }
    }
  }

  private void told(Sample sample, int status, String comment) {
    if (status != 0) {
      problems.add("%s: status %04XH, %s".formatted(sample, status, comment));
    }
  }

  @Test
  void everySoundFilePostedComesBackAsItWas() throws IOException {
    sendAndFetch((archive, samples) -> {
      for (Sample sample : samples) {
        HttpResponse<byte[]> answer =
            archive.web.stow(archive.token(Role.TECHNOLOGIST), sample.row().bytes());
        if (answer.statusCode() != 200) {
          problems.add("%s: %d %s".formatted(sample, answer.statusCode(), answer.headers().map()));
        }
        fetch(archive, sample);
      }
    });
  }
}
