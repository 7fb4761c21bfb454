package leadglass.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import leadglass.store.MasterKey;
import leadglass.store.Registry;
import leadglass.store.Store;
import leadglass.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class StoreRegistryTest extends RegistryContract {
  private Store store;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    MasterKey master = MasterKey.open(folder.resolve("elsewhere/master.key"), true);
    store = Stores.open(folder.resolve("data"), master, InstantSource.system(), _ -> {});
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Override
  Registry registry() {
    return store.registry();
  }
}
