package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.store.MasterKey;
import leadglass.store.Store;
import leadglass.store.Stores;
import tools.jackson.databind.json.JsonMapper;

/// A real archive in a folder of the test's, on 29 February 2024.
final class OpenArchive implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2024-02-29T12:00:00Z"), ZoneOffset.UTC);
  private static final Origin HERE = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");

  final Store store;
  final Archive archive;

  private OpenArchive(Store store, Archive archive) {
    this.store = store;
    this.archive = archive;
  }

  static OpenArchive in(Path folder) throws IOException {
    return in(folder, CLOCK);
  }

  static OpenArchive in(Path folder, Clock clock) throws IOException {
    MasterKey key = MasterKey.open(folder.resolve("master.key"), true);
    Store store = Stores.open(folder.resolve("data"), key, clock, event -> {});
    return new OpenArchive(store, Archive.open(store, key, clock, event -> {}));
  }

  static Caller person(Role role) {
    return new Caller.Person("mara", role, Set.copyOf(EnumSet.of(role)), HERE);
  }

  static Caller reader() {
    return person(Role.RADIOLOGIST);
  }

  static Caller device() {
    return new Caller.Device("CT1", new Origin(Origin.Door.DIMSE, "127.0.0.1"));
  }

  static List<Held> given(Retrieve.Answer answer) {
    return switch (answer) {
      case Retrieve.Answer.Given(var held) -> held;
      case Retrieve.Answer.Braked(var stop) -> throw new AssertionError(stop);
    };
  }

  StoreOutcome store(byte[] file) throws IOException {
    return archive.ingest().storeFile(reader(), Optional.empty(), new ByteArrayInputStream(file));
  }

  StoreOutcome store(DataSet dataSet) throws IOException {
    return store(Samples.file(dataSet));
  }

  /// Every entry of the trail, as JSON.
  List<String> trail() throws IOException {
    List<String> entries = new ArrayList<>();
    JsonMapper json = JsonMapper.builder().build();
    store.trail().read(0, (_, entry) -> entries.add(json.writeValueAsString(AuditEntry.of(entry))));
    return entries;
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
