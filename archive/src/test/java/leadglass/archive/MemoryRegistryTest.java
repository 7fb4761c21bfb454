package leadglass.archive;

import leadglass.store.Registry;

class MemoryRegistryTest extends RegistryContract {
  @Override
  Registry registry() {
    return new MemoryRegistry();
  }
}
