package leadglass.app.system;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import leadglass.app.Failure;
import leadglass.app.Running;
import leadglass.app.config.Config;
import leadglass.app.config.OidcConfig;
import leadglass.app.config.OutsideConfig;
import leadglass.archive.Role;
import leadglass.archive.Status;
import leadglass.testkit.RawScu;

/// [Premises] with every door open, in this process.
final class OpenArchive implements AutoCloseable {
  final Premises premises;
  final Running running;
  final Web web;
  final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

  OpenArchive(Premises premises) throws IOException {
    this(premises, List.of());
  }

  /// @param providers that people may sign in by
  OpenArchive(Premises premises, List<OidcConfig> providers) throws IOException {
    this(premises, providers, OutsideConfig.defaults());
  }

  /// @param outside a door for people who come by a link
  OpenArchive(Premises premises, List<OidcConfig> providers, OutsideConfig outside)
      throws IOException {
    this(
        premises,
        usual ->
            new Config(
                usual.keyFile(),
                usual.kms(),
                usual.s3(),
                usual.brakes(),
                providers,
                usual.web(),
                outside,
                usual.dimse(),
                usual.audit(),
                usual.witness(),
                usual.mail()));
  }

  /// @param set what is not as usual
  OpenArchive(Premises premises, UnaryOperator<Config> set) throws IOException {
    this.premises = premises;
    Config usual =
        Config.defaults().with(Optional.of(0), Optional.of(0), Optional.empty(), List.of());
    Config config = set.apply(usual);
    try {
      running = Running.start(premises.home(), premises.open(events::add), config, "", events::add);
    } catch (Failure e) {
      throw new IOException(e);
    }
    web = new Web(running.doors().httpsPort(), premises.data().resolve("ca.pem"));
  }

  String token(Role role) {
    return premises.tokens().getOrDefault(role, "");
  }

  /// An association to be proposed, by the device of that AE title.
  RawScu.Builder association(String aeTitle) throws IOException {
    return RawScu.to(running.doors().dicomPort())
        .tls(premises.device(aeTitle))
        .called(Premises.AE_TITLE)
        .calling(aeTitle);
  }

  /// The next event of a kind; whatever comes before it is forgotten.
  <T> T awaited(Class<T> kind) throws IOException {
    try {
      while (true) {
        Object event = events.poll(60, TimeUnit.SECONDS);
        if (event == null) {
          throw new IOException("no " + kind.getSimpleName());
        }
        if (kind.isInstance(event)) {
          return kind.cast(event);
        }
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  Status status() {
    return running.archive().status(Premises.CONSOLE).orElseThrow();
  }

  @Override
  public void close() throws IOException {
    web.close();
    running.close();
  }
}
