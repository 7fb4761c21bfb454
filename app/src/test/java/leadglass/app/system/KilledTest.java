package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import leadglass.archive.Role;
import leadglass.testkit.Canaries;
import leadglass.testkit.RawFile;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Success means kept: the process is killed while devices are sending, again and again.
@SuppressWarnings("NullAway.Init")
class KilledTest {
  private static final int KILLS = Integer.getInteger("leadglass.kills", 3);
  private static final int ACKNOWLEDGED_MIN = 8;
  private static final int ACKNOWLEDGED_MAX = 60;
  private static final int ROWS_MAX = 64;

  /// 2.5 MB: kept in chunks, in frames of their own.
  private static final int ROWS_LARGE = 5000;

  private static final List<Made.Patient> PATIENTS =
      List.of(
          new Made.Patient("ISO_IR 100", "Zzkänarienvogel^Örsola", "ZZCANARY-ID-1001"),
          new Made.Patient("ISO_IR 192", "Zzkanarie^Yamada=山田金糸雀^太郎右衛門", "ZZCANARY-ID-1002"),
          new Made.Patient("ISO_IR 144", "Канарейкина^Людмила", "ZZCANARY-ID-1003"),
          new Made.Patient("", "Zzcanarybird^Quentin", "ZZCANARY-ID-1004"));

  @TempDir private Path folder;
  private Premises premises;
  private final Random random = new Random(20260102);
  private final List<Made> kept = new ArrayList<>();

  /// What came of one round.
  private static final class Round {
    final Queue<Made> acknowledged = new ConcurrentLinkedQueue<>();
    final Queue<Made> unanswered = new ConcurrentLinkedQueue<>();
    final Queue<String> refused = new ConcurrentLinkedQueue<>();
    final CountDownLatch enough;

    Round(int acknowledgements) {
      enough = new CountDownLatch(acknowledgements);
    }
  }

  private static Canaries canaries() {
    Canaries canaries = new Canaries();
    for (Made.Patient patient : PATIENTS) {
      Charset sentIn =
          switch (patient.characterSet()) {
            case "ISO_IR 100" -> StandardCharsets.ISO_8859_1;
            case "ISO_IR 144" -> Charset.forName("ISO-8859-5");
            default -> StandardCharsets.UTF_8;
          };
      canaries.with(patient.id(), sentIn);
      for (String component : patient.name().split("[\\^=]", -1)) {
        if (component.getBytes(sentIn).length >= 8) {
          canaries.with(component, sentIn);
        }
      }
    }
    return canaries;
  }

  @BeforeEach
  void setUp() throws IOException {
    premises = Premises.in(folder);
  }

  @Test
  void whatWasAcknowledgedIsThereWhateverWasKilledAndNoNameOfItIsOnTheDisk() throws Exception {
    Round before = new Round(0);
    for (int kill = 0; kill < KILLS; kill++) {
      try (Server server = new Server(premises)) {
        check(server, before);
        before = sendUntilKilled(server, kill);
      }
    }
    try (Server server = new Server(premises)) {
      check(server, before);
      for (Made instance : kept) {
        assertThat(isHeld(server, instance)).as(instance.toString()).isTrue();
      }
      assertThat(kept).hasSizeGreaterThan(KILLS * ACKNOWLEDGED_MIN);
    }
    Canaries canaries = canaries();
    assertThat(kept).allMatch(instance -> !canaries.in(instance.dataSet()).isEmpty());
    assertThat(canaries.below(folder)).isEmpty();
  }

  private boolean isHeld(Server server, Made instance) throws IOException {
    HttpResponse<byte[]> answer = server.web.get(reader(), instance.address(), Web.AS_STORED);
    return answer.statusCode() == 200
        && Arrays.equals(RawFile.of(Web.part(answer)).dataSet(), instance.dataSet());
  }

  private boolean isFound(Server server, Made instance) throws IOException {
    HttpResponse<byte[]> answer =
        server.web.get(
            reader(),
            "/dicomweb/studies/%s/instances?SOPInstanceUID=%s"
                .formatted(instance.study(), instance.instance()),
            "application/dicom+json");
    return answer.statusCode() == 200
        && JsonMapper.builder().build().readTree(answer.body()).size() == 1;
  }

  private String reader() {
    return premises.tokens().getOrDefault(Role.RADIOLOGIST, "");
  }

  private Round sendUntilKilled(Server server, int kill) throws Exception {
    int senders = 2 + kill % 3;
    Round round = new Round(ACKNOWLEDGED_MIN + random.nextInt(ACKNOWLEDGED_MAX - ACKNOWLEDGED_MIN));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = new ArrayList<>();
      for (int sender = 0; sender < senders; sender++) {
        String study = "2.25.%d%02d".formatted(100 + kill, sender);
        Made.Patient patient = PATIENTS.get((kill + sender) % PATIENTS.size());
        Random sizes = new Random(random.nextLong());
        sending.add(threads.submit(() -> send(server, round, patient, study, sizes)));
      }
      boolean enough = round.enough.await(60, TimeUnit.SECONDS);
      server.kill();
      for (Future<?> each : sending) {
        ended(each);
      }
      assertThat(enough).as("instances are acknowledged").isTrue();
    }
    assertThat(round.refused).isEmpty();
    return round;
  }

  private static void ended(Future<?> sending) throws Exception {
    try {
      sending.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /// Until the connection breaks.
  private void send(Server server, Round round, Made.Patient patient, String study, Random sizes) {
    Made now = null;
    try (RawScu scu =
        server
            .association(premises, Premises.CT1)
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      for (int number = 1; ; number++) {
        int rows = number % 9 == 0 ? ROWS_LARGE : 1 + sizes.nextInt(ROWS_MAX);
        now = new Made(patient, study, study + ".1", study + ".1." + number, rows);
        RawScu.Reply reply = scu.store(1, Made.CT, now.instance(), now.dataSet());
        if (reply.status() == 0) {
          round.acknowledged.add(now);
          round.enough.countDown();
        } else {
          round.refused.add("%04XH %s".formatted(reply.status(), reply.errorComment()));
        }
      }
    } catch (IOException _) {
      if (now != null) {
        round.unanswered.add(now);
      }
    }
  }

  /// What was acknowledged in a round is found and is what was sent. What was not is taken again,
  /// whatever became of it.
  private void check(Server server, Round round) throws IOException {
    for (Made instance : round.acknowledged) {
      assertThat(isFound(server, instance)).as(instance.toString()).isTrue();
      assertThat(isHeld(server, instance)).as(instance.toString()).isTrue();
    }
    kept.addAll(round.acknowledged);
    for (Made instance : round.unanswered) {
      if (kept.contains(instance)) {
        continue;
      }
      HttpResponse<byte[]> answer =
          server.web.stow(premises.tokens().getOrDefault(Role.TECHNOLOGIST, ""), instance.file());
      assertThat(answer.statusCode()).as("sent again: " + instance).isEqualTo(200);
      assertThat(isHeld(server, instance)).as(instance.toString()).isTrue();
      kept.add(instance);
    }
  }
}
