package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import leadglass.app.Failure;
import leadglass.app.config.AuditConfig;
import leadglass.app.syslog.AuditForwarder;
import leadglass.app.syslog.ForwardEvent;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.testkit.AuditSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The trail on its way to a collector of somebody else's make, over TLS.
@SuppressWarnings("NullAway.Init")
class AuditForwardingTest {
  private static final Caller.Console CONSOLE =
      new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));

  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private Premises premises;
  private Archive archive;
  private Rsyslog collector;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Rsyslog.isThere(), "rsyslog with rsyslog-gnutls is not on this machine");
    premises = Premises.in(folder);
    archive = premises.open(_ -> {});
    collector = new Rsyslog(folder.resolve("collector"), false);
  }

  @AfterEach
  void close() throws IOException {
    if (archive != null) {
      archive.close();
      collector.close();
    }
  }

  private AuditConfig config(boolean own, Path authority) {
    return new AuditConfig(
        "pacs",
        "localhost:" + collector.port(),
        Optional.of(authority),
        own ? Optional.of(collector.ownCertificate()) : Optional.empty(),
        own ? Optional.of(collector.ownKey()) : Optional.empty(),
        AuditConfig.PSEUDONYM,
        0,
        Optional.empty());
  }

  private AuditForwarder forward(AuditConfig config) throws IOException {
    try {
      return AuditForwarder.start(
              archive.auditLog(),
              archive.checkpoints(),
              config,
              premises.data(),
              "1.0",
              events::add)
          .orElseThrow();
    } catch (Failure e) {
      throw new IOException(e);
    }
  }

  private AuditForwarder forward() throws IOException {
    return forward(config(false, collector.authority()));
  }

  private void happen(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      archive.auditLog().activity(CONSOLE, true, "1.0");
    }
  }

  /// Every entry there is, in order, once repeats are taken out.
  private void assertThatItHasAll() throws IOException {
    long size = archive.auditLog().size();
    collector.await(each -> each.has(size - 1));
    assertThat(collector.entries()).isEqualTo(LongStream.range(0, size).boxed().toList());
  }

  private Object awaited(Class<?> kind) throws InterruptedException {
    while (true) {
      Object event = events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("an event").isNotNull();
      if (kind.isInstance(event)) {
        return event;
      }
    }
  }

  @Test
  void everyEntryGetsThereInOrderAndFitsTheSchema() throws IOException {
    happen(20);
    try (AuditForwarder forwarder = forward()) {
      happen(20);
      assertThatItHasAll();
      assertThat(forwarder.state().connected()).isTrue();
    }
    for (String message : collector.ofEntries()) {
      assertThat(message).startsWith("<8").contains(" leadglass ").contains(" DICOM+RFC3881 ");
      assertThat(AuditSchema.faults(message.substring(message.indexOf("<AuditMessage")))).isEmpty();
    }
  }

  /// The checkpoint of a line, as docs/formats/audit-messages.md says to take it out.
  private Path taken(String message) throws IOException {
    String note = message.substring(message.lastIndexOf(' ') + 1);
    return Files.write(
        folder.resolve("taken-" + message.hashCode()), Base64.getDecoder().decode(note));
  }

  @Test
  void eachCheckpointComesBehindItsEntriesAndTheTrailIsCheckedAgainstIt() throws IOException {
    Path taken;
    try (AuditForwarder _ = forward()) {
      happen(20);
      String note = archive.checkpoints().now(CONSOLE).orElseThrow();
      String sent = Base64.getEncoder().encodeToString(note.getBytes(StandardCharsets.UTF_8));
      collector.await(each -> each.checkpoints().stream().anyMatch(line -> line.endsWith(sent)));
      long size = archive.checkpoints().size(note).orElseThrow();
      assertThat(collector.has(size - 1)).isTrue();
      List<String> all = collector.messages();
      String last =
          all.stream()
              .filter(line -> line.contains("\"" + (size - 1) + "\" Partic"))
              .findFirst()
              .orElseThrow();
      String head = all.stream().filter(line -> line.endsWith(sent)).findFirst().orElseThrow();
      assertThat(all.indexOf(last)).isLessThan(all.indexOf(head));
      taken = taken(head);
    }
    archive.close();
    assertThat(Command.run("audit", "verify", premises.data(), "--against", taken).exit()).isZero();
    archive = premises.open(_ -> {});
    int before = collector.checkpoints().size();
    try (AuditForwarder _ = forward()) {
      collector.await(each -> each.checkpoints().size() > before); // the newest, after a start
    }
  }

  @Test
  void nothingIsMissingAfterAnOutageInWhichTheCollectorWasKilled() throws Exception {
    try (AuditForwarder forwarder = forward()) {
      happen(50);
      collector.await(each -> each.has(10));
      happen(50);
      collector.kill(); // whatever it held in memory is lost
      awaited(ForwardEvent.AuditForwardingFailed.class);
      happen(100);
      assertThat(forwarder.state().behind()).isPositive();
      assertThat(forwarder.state().why()).isNotEmpty();
      collector.startAgain();
      awaited(ForwardEvent.AuditForwardingBegan.class);
      happen(10);
      assertThatItHasAll();
    }
  }

  @Test
  void whatHappenedWhileNothingRanIsSentAfterTheNextStart() throws IOException {
    try (AuditForwarder _ = forward()) {
      happen(5);
      assertThatItHasAll();
    }
    happen(5);
    try (AuditForwarder _ = forward()) {
      assertThatItHasAll();
    }
  }

  @Test
  void aCollectorThatAsksWhoItIsIsShownACertificate() throws IOException {
    collector.close();
    collector = new Rsyslog(folder.resolve("asking"), true);
    try (AuditForwarder _ = forward(config(true, collector.authority()))) {
      happen(3);
      assertThatItHasAll();
    }
  }

  @Test
  void whoeverIsNotTheCollectorGetsNothing() throws Exception {
    Rsyslog other = new Rsyslog(folder.resolve("other"), false);
    other.close();
    try (AuditForwarder forwarder = forward(config(false, other.authority()))) {
      happen(3);
      awaited(ForwardEvent.AuditForwardingFailed.class);
      assertThat(forwarder.state().connected()).isFalse();
    }
    assertThat(collector.messages()).isEmpty();
  }
}
