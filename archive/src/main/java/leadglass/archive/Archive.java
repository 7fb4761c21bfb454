package leadglass.archive;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import leadglass.store.MasterKey;
import leadglass.store.Store;

/// An open archive: the one door to patient data. Its parts share one gate, one trail, one clock.
///
/// Safe for use by several threads.
public final class Archive implements AutoCloseable {
  private final Store store;
  private final Gate gate = new Gate();

  private Archive(Store store) {
    this.store = store;
  }

  /// Takes ownership of `store`.
  ///
  /// @param master for the recovery sheet of set-up alone
  /// @param events counts, durations and names of ours; nothing read from a data set
  @SuppressWarnings("exports") // `app` alone opens a store, and requires it itself
  public static Archive open(
      Store store, MasterKey master, InstantSource clock, Consumer<? super ArchiveEvent> events)
      throws IOException {
    throw new UnsupportedOperationException(store + "" + master + clock + events);
  }

  public Gate gate() {
    return gate;
  }

  public Ingest ingest() {
    throw new UnsupportedOperationException();
  }

  public Query query() {
    throw new UnsupportedOperationException();
  }

  public Retrieve retrieve() {
    throw new UnsupportedOperationException();
  }

  public People people() {
    throw new UnsupportedOperationException();
  }

  public Tokens tokens() {
    throw new UnsupportedOperationException();
  }

  public Devices devices() {
    throw new UnsupportedOperationException();
  }

  public Authority authority() {
    throw new UnsupportedOperationException();
  }

  public SetUp setUp() {
    throw new UnsupportedOperationException();
  }

  /// How the archive is doing; empty if `caller` may not know.
  public java.util.Optional<Status> status(Caller caller) {
    throw new UnsupportedOperationException(caller.toString());
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
