package leadglass.server.scp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import leadglass.archive.Archive;
import leadglass.archive.AuditEntry;
import leadglass.archive.Brakes;
import leadglass.archive.Caller;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.Running;
import leadglass.archive.StoreOutcome;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.PartTen;
import leadglass.net.association.Acceptor;
import leadglass.net.association.AcceptorSettings;
import leadglass.net.association.Admission;
import leadglass.net.association.ContextPolicy;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RequestorSettings;
import leadglass.net.association.Transport;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.OperationScp;
import leadglass.net.dimse.QueryScu;
import leadglass.net.dimse.Services;
import leadglass.store.MasterKey;
import leadglass.store.Store;
import leadglass.store.Stores;

/// A real archive behind a real acceptor that serves queries alone, without TLS: whoever comes is a
/// device that may find.
final class Finding implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  static final Uid CT = new Uid("1.2.840.10008.5.1.4.1.1.2");
  private static final Uid OURS = new Uid("2.25.7");
  private static final List<Uid> SYNTAXES =
      List.of(
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid());
  private static final Transport PLAIN =
      socket ->
          new Transport.Link(socket.getInputStream(), socket.getOutputStream(), List.of(), socket);

  final Archive archive;
  final Peer peer;
  private final Store store;
  private final Acceptor<Peer> acceptor;
  private final Thread thread;

  /// @param rowsPerDay budget; five times as much in the first fourteen days
  Finding(Path folder, FindLimits limits, int rowsPerDay, Set<DeviceVerb> may) throws IOException {
    this(folder, limits, rowsPerDay, may, scp -> scp);
  }

  /// @param around put around what answers
  Finding(
      Path folder,
      FindLimits limits,
      int rowsPerDay,
      Set<DeviceVerb> may,
      UnaryOperator<OperationScp<Peer>> around)
      throws IOException {
    MasterKey master = MasterKey.open(folder.resolve("key").resolve("master.key"), true);
    Clock clock = Clock.systemUTC();
    store = Stores.open(folder.resolve("data"), master, clock, _ -> {});
    archive =
        Archive.open(
            store, master, Running.keyHome(), new Brakes.Limits(100, rowsPerDay), clock, _ -> {});
    peer =
        new Peer(
            archive,
            new Caller.Device(
                "READ1", may, Optional.empty(), new Origin(Origin.Door.DIMSE, "127.0.0.1")),
            "LEADGLASS");
    Services.Builder<Peer> services = Services.builder();
    for (QueryModel each : QueryModel.values()) {
      services.operations(
          each.find(), Set.of(CommandField.C_FIND_RQ), around.apply(new QueryScp(each, limits)));
    }
    acceptor =
        new Acceptor<>(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            _ -> true,
            PLAIN,
            _ -> new Admission.Admitted<>(peer, "READ1", new Everything()),
            services.build(),
            AcceptorSettings.defaults(8, OURS, "TEST"),
            InstantSource.system(),
            _ -> {});
    thread = Thread.ofPlatform().start(this::run);
  }

  private record Everything() implements ContextPolicy {
    @Override
    public Verdict decide(Uid abstractSyntax) {
      return new Accepted(SYNTAXES, Preference.PROPOSED);
    }

    @Override
    public Optional<String> extended(Uid abstractSyntax, String information) {
      return QueryTerms.answer(information);
    }
  }

  private void run() {
    try {
      acceptor.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void store(DataSet dataSet) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        PartTen.header(
            CT,
            dataSet.uid(Tag.SOP_INSTANCE_UID).orElseThrow(),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()));
    file.writeBytes(DataSets.encode(dataSet));
    Caller reader =
        new Caller.Person(
            "mara",
            Role.RADIOLOGIST,
            Set.of(Role.RADIOLOGIST),
            new Origin(Origin.Door.PAGE, "127.0.0.1"));
    StoreOutcome outcome =
        archive
            .ingest()
            .storeFile(reader, Optional.empty(), new ByteArrayInputStream(file.toByteArray()));
    if (!(outcome instanceof StoreOutcome.Stored)) {
      throw new IOException(outcome.toString());
    }
  }

  int port() {
    return acceptor.port();
  }

  /// @param terms extended negotiation, hexadecimal; empty for none
  RequestedAssociation open(QueryModel model, String terms, Uid... syntaxes) throws IOException {
    Proposal.Builder proposal =
        Proposal.of("LEADGLASS", "READ1")
            .context(model.find(), syntaxes.length == 0 ? SYNTAXES : List.of(syntaxes));
    if (!terms.isEmpty()) {
      proposal.extended(model.find(), terms);
    }
    return RequestedAssociation.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), acceptor.port()),
        PLAIN,
        proposal.build(),
        Services.none(),
        "",
        RequestorSettings.defaults(OURS, "TEST"),
        InstantSource.system(),
        _ -> {});
  }

  /// What a query brought, and how it ended.
  record Found(List<DataSet> matches, int status, String comment, boolean allMatched) {
    List<String> strings(int tag) {
      return matches.stream().map(match -> match.string(tag).orElse("")).toList();
    }
  }

  Found find(QueryModel model, String terms, DataSet identifier) throws IOException {
    try (RequestedAssociation association = open(model, terms)) {
      QueryScu query = QueryScu.ask(association, model.find(), identifier, SOON);
      List<DataSet> matches = new ArrayList<>();
      for (var match = query.next(); match.isPresent(); match = query.next()) {
        matches.add(match.get());
      }
      return new Found(matches, query.status(), query.comment(), query.allMatched());
    }
  }

  List<AuditEntry> trail() throws IOException {
    List<AuditEntry> entries = new ArrayList<>();
    store.trail().read(0, (_, entry) -> entries.add(AuditEntry.of(entry)));
    return entries;
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    archive.close();
  }
}
