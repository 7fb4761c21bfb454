package leadglass.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import leadglass.store.Coming.Sent;
import leadglass.store.Coming.Status;
import leadglass.store.pack.Disk;
import leadglass.store.pack.FileDisk;

/// What an archive was before a campaign began to work in it.
enum Ancestor {
  NOTHING,

  /// Key store and registry are brought up when it is opened.
  VERSION_1,

  /// Written before the first release, without a registry.
  VERSION_2;

  private static final String PUT_ASIDE = "bcf71ab3f78d6e41775f814522fc5e50";
  private static final int MEBIBYTE_AND_ONE = (1 << 20) + 1;

  private List<String> files() {
    return switch (this) {
      case NOTHING -> List.of();
      case VERSION_1 -> List.of("keys/keys.db", "registry.db");
      case VERSION_2 -> List.of("keys/keys.db");
    };
  }

  private List<String> packs() {
    return switch (this) {
      case NOTHING -> List.of();
      case VERSION_1 -> List.of("854bc07e2d213a157c977f400ae173e8");
      case VERSION_2 ->
          List.of(
              "0a7ada348acbe3f2bd8f122e3aa58000",
              "736b048b5757c086b0ce8c8a2971ae0d",
              "bc758cf5d4017ac602a127f6a5f895f8",
              "c0bcb1f784d4c7ea3d6d65e49d278c36");
    };
  }

  /// Half of all archives had one.
  static Ancestor of(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> VERSION_1;
      case 1 -> VERSION_2;
      default -> NOTHING;
    };
  }

  private String folder() {
    return this == VERSION_1 ? "version1/" : "version2/";
  }

  /// Lays its files where an archive is to be, and its key.
  ///
  /// @param disk where the data directory will be
  void plant(Path disk, Grounds grounds) throws IOException {
    plantKeys(disk, grounds);
    if (this != NOTHING) {
      try (Disk packs = new FileDisk(disk.resolve("data").resolve("packs"))) {
        plantPacks(packs);
      }
    }
  }

  /// All but its packs.
  void plantKeys(Path disk, Grounds grounds) throws IOException {
    if (this == NOTHING) {
      return;
    }
    for (String each : files()) {
      Path file = disk.resolve("data").resolve(each);
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, bytes(file.getFileName().toString()));
    }
    byte[] master = new byte[32];
    for (int i = 0; i < master.length; i++) {
      master[i] = (byte) i;
    }
    MasterKey.restore(grounds.keyFile(), master);
  }

  void plantPacks(Disk disk) throws IOException {
    for (String pack : packs()) {
      try (Disk.Tail tail = disk.create(pack)) {
        tail.append(ByteBuffer.wrap(bytes(pack + ".pack")));
        tail.force();
      }
    }
  }

  private byte[] bytes(String name) throws IOException {
    try (InputStream in = Ancestor.class.getResourceAsStream(folder() + name)) {
      return in.readAllBytes();
    }
  }

  /// Whoever filled it, and works no more.
  Ward ward(AtomicLong moments) {
    Ward ward = new Ward(0, 0, moments);
    switch (this) {
      case NOTHING -> {}
      case VERSION_1 -> {
        Coming first = coming(ward, 1, Status.HELD, "-");
        first.instances.put(1, new Sent(1, 70_000, 0));
        first.instances.put(2, new Sent(2, MEBIBYTE_AND_ONE, 0));
        coming(ward, 2, Status.HELD, "-").instances.put(3, new Sent(3, 0, 0));
      }
      case VERSION_2 -> {
        coming(ward, 2, Status.HELD, "-").instances.put(1, new Sent(2, 3_000, 0));
        coming(ward, 3, Status.ASIDE, PUT_ASIDE);
        coming(ward, 4, Status.HELD, "-").instances.put(1, new Sent(4, MEBIBYTE_AND_ONE, 0));
      }
    }
    return ward;
  }

  private static Coming coming(Ward ward, int study, Status status, String name) {
    Coming coming = new Coming(study, study, name);
    coming.status = status;
    ward.comings.add(coming);
    return coming;
  }
}
