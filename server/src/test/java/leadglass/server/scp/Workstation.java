package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import leadglass.archive.Authority;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Acceptor;
import leadglass.net.association.AcceptorSettings;
import leadglass.net.association.Admission;
import leadglass.net.association.ContextPolicy;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.Outcome;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;
import leadglass.net.tls.SecureTransport;
import leadglass.net.ul.Rejection;

/// A device that listens, and shows the certificate it was given as its own.
final class Workstation implements AutoCloseable {
  final Map<Uid, byte[]> instances = new ConcurrentHashMap<>();

  /// N-EVENT-REPORT requests.
  final BlockingQueue<OperationScp.Request> reports = new LinkedBlockingQueue<>();

  final Queue<String> callers = new ConcurrentLinkedQueue<>();
  final Queue<X509Certificate> certificates = new ConcurrentLinkedQueue<>();
  private final List<Uid> syntaxes;
  private final Function<Uid, Status> answers;
  private final ServerSocket listener;
  private Optional<Acceptor<String>> acceptor = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  /// Its port is taken; nobody answers yet.
  Workstation(List<Uid> syntaxes, Function<Uid, Status> answers) {
    this.syntaxes = syntaxes;
    this.answers = answers;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  void listen(Authority.Identity identity, boolean admits) throws GeneralSecurityException {
    Services<String> services =
        Services.<String>builder()
            .store(
                Clinic.CT,
                (_, request, dataSet) -> {
                  byte[] bytes = dataSet.readAllBytes();
                  instances.put(request.sopInstance(), bytes);
                  return StoreScp.Taken.at(answers.apply(request.sopInstance()));
                })
            .operations(
                CommitmentScp.SOP_CLASS,
                Set.of(CommandField.N_EVENT_REPORT_RQ),
                (_, request, _) -> {
                  reports.add(request);
                  return Outcome.of(Status.success());
                })
            .build();
    Acceptor<String> listening =
        new Acceptor<>(
            listener,
            _ -> true,
            SecureTransport.of(Clinic.keys(identity), _ -> true, Clock.systemUTC()),
            arrival -> admit(arrival, admits),
            services,
            AcceptorSettings.defaults(4, new Uid("2.25.7"), "TEST"),
            Clock.systemUTC(),
            _ -> {});
    acceptor = Optional.of(listening);
    thread =
        Optional.of(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    listening.run();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private Admission.Answer<String> admit(Admission.Arrival arrival, boolean admits) {
    callers.add(
        arrival.request().callingAeTitle().strip()
            + " calls "
            + arrival.request().calledAeTitle().strip());
    certificates.addAll(arrival.certificates().subList(0, 1));
    return admits
        ? new Admission.Admitted<>(
            "archive",
            "archive",
            new ContextPolicy() {
              @Override
              public Verdict decide(Uid abstractSyntax) {
                return abstractSyntax.equals(CommitmentScp.SOP_CLASS)
                    ? new Accepted(List.of(Clinic.EXPLICIT), Preference.PROPOSED)
                    : new Accepted(syntaxes, Preference.PROPOSED);
              }

              @Override
              public Roles roles(Uid abstractSyntax, Roles proposed) {
                return proposed;
              }
            })
        : new Admission.Refused<>(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
  }

  @Override
  public void close() throws IOException {
    if (acceptor.isPresent()) {
      acceptor.get().close();
    }
    listener.close();
    try {
      if (thread.isPresent()) {
        thread.get().join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
