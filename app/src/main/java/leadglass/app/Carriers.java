package leadglass.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.app.checkpoint.CheckpointFile;
import leadglass.app.config.Config;
import leadglass.app.mail.CheckpointMail;
import leadglass.app.syslog.AuditForwarder;
import leadglass.app.witness.Witness;
import leadglass.archive.Archive;

/// What carries the audit trail and its checkpoints out of the box, while the archive runs.
public final class Carriers implements AutoCloseable {
  private Optional<AuditForwarder> forwarder = Optional.empty();
  private Optional<Witness> witness = Optional.empty();
  private Optional<CheckpointMail> mail = Optional.empty();

  /// None of them.
  public Carriers() {}

  /// Begins with what the configuration wants; whatever began is ended by [#close()].
  ///
  /// @param data folder that remembers how far each is
  /// @throws Failure if a file that the configuration names can't be used
  void start(Archive archive, Config config, Path data, String version, Consumer<Object> events)
      throws Failure, IOException {
    forwarder =
        AuditForwarder.start(
            archive.auditLog(), archive.checkpoints(), config.audit(), data, version, events);
    config
        .audit()
        .checkpoint()
        .ifPresent(file ->
            archive.checkpoints().carry(new CheckpointFile(file, archive.checkpoints(), events)));
    witness = Witness.start(archive.checkpoints(), config.witness(), data, events);
    mail =
        CheckpointMail.start(
            archive.checkpoints(),
            config.mail(),
            AuditForwarder.source(config.audit()),
            data,
            InstantSource.system(),
            events);
  }

  /// How the sending of audit messages stands, where there is one.
  public Optional<AuditForwarder.State> forwarding() {
    return forwarder.map(AuditForwarder::state);
  }

  /// How it stands with the witness, where there is one.
  public Optional<Witness.State> witness() {
    return witness.map(Witness::state);
  }

  /// How it stands with checkpoints by e-mail, where they are sent.
  public Optional<CheckpointMail.State> mail() {
    return mail.map(CheckpointMail::state);
  }

  @Override
  public void close() {
    mail.ifPresent(CheckpointMail::close);
    witness.ifPresent(Witness::close);
    forwarder.ifPresent(AuditForwarder::close);
  }
}
