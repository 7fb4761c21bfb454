package leadglass.store.catalogue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import leadglass.store.InstanceRow.Location;
import leadglass.store.SiteId;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import org.jspecify.annotations.Nullable;

/// The columns of a row that stand in clear: what never changes of them is bound into the row's
/// sealed value, what does change is covered by its tag; docs/formats/index.md.
sealed interface Cells {
  byte STUDY = 1;
  byte SERIES = 2;
  byte INSTANCE = 3;
  byte ASIDE = 4;
  byte STATE = 5;
  byte PACK = 6;
  byte GONE = 7;

  /// Additional data of the sealed value.
  byte[] about();

  /// What the tag covers.
  byte[] tagged();

  default byte[] tag(SecretBytes key) {
    return Seal.tag(key, tagged());
  }

  /// @throws DamagedRowException if the tag is not this row's
  default void check(SecretBytes key, byte @Nullable [] tag) throws DamagedRowException {
    if (tag == null || !MessageDigest.isEqual(tag(key), tag)) {
      throw new DamagedRowException();
    }
  }

  private static ByteBuffer begin(byte kind, int bytes) {
    return ByteBuffer.allocate(1 + bytes).put(kind);
  }

  private static byte[] id(SiteId site) {
    return HexFormat.of().parseHex(site.value());
  }

  /// Of a study.
  record StudyCells(
      long number,
      byte[] name,
      byte[] hash,
      SiteId site,
      long aside,
      long asideMillis,
      long sequence,
      long series,
      long instances,
      long bytes,
      long receivedMillis,
      long changedMillis)
      implements Cells {

    /// Whether anybody finds it.
    boolean visible() {
      return aside == 0 && instances > 0;
    }

    @Override
    public byte[] about() {
      return begin(STUDY, 64)
          .put(name)
          .put(hash)
          .put(id(site))
          .putLong(number)
          .putLong(receivedMillis)
          .array();
    }

    byte[] aboutAside() {
      return begin(ASIDE, 24).put(name).putLong(asideMillis).array();
    }

    @Override
    public byte[] tagged() {
      return begin(STUDY, 80)
          .put(name)
          .putLong(number)
          .putLong(aside)
          .putLong(asideMillis)
          .putLong(sequence)
          .putLong(series)
          .putLong(instances)
          .putLong(bytes)
          .putLong(changedMillis)
          .array();
    }
  }

  /// Of a series.
  ///
  /// @param study number of its study
  record SeriesCells(long number, long study, byte[] hash, long instances) implements Cells {
    @Override
    public byte[] about() {
      return begin(SERIES, 32).put(hash).putLong(number).putLong(study).array();
    }

    @Override
    public byte[] tagged() {
      return begin(SERIES, 32).put(hash).putLong(number).putLong(instances).array();
    }
  }

  /// Of an instance.
  ///
  /// @param series number of its series
  /// @param aside 0 in use, 1 its study is put aside, 2 kept apart
  /// @param chunks bytes of its chunks in which packs, if they lie elsewhere; else empty
  /// @param record id of the record of one kept apart; else empty
  record InstanceCells(
      long number, byte[] hash, long series, long aside, Location at, byte[] chunks, byte[] record)
      implements Cells {
    static final long IN_USE = 0;
    static final long PUT_ASIDE = 1;
    static final long KEPT_APART = 2;

    InstanceCells with(long newAside) {
      return new InstanceCells(number, hash, series, newAside, at, chunks, record);
    }

    InstanceCells at(Location newPlace, byte[] newChunks) {
      return new InstanceCells(number, hash, series, aside, newPlace, newChunks, record);
    }

    @Override
    public byte[] about() {
      return begin(INSTANCE, 32).put(hash).putLong(number).putLong(series).array();
    }

    @Override
    public byte[] tagged() {
      return begin(INSTANCE, 72 + chunks.length + record.length)
          .put(hash)
          .putLong(number)
          .putLong(aside)
          .put(HexFormat.of().parseHex(at.pack()))
          .putLong(at.offset())
          .putLong(at.length())
          .putInt(chunks.length)
          .put(chunks)
          .putInt(record.length)
          .put(record)
          .array();
    }
  }

  /// Of a pack.
  record PackCells(long number, String name, long deadBytes, long verifiedMillis) implements Cells {
    @Override
    public byte[] about() {
      return new byte[0];
    }

    @Override
    public byte[] tagged() {
      return begin(PACK, 40)
          .putLong(number)
          .put(HexFormat.of().parseHex(name))
          .putLong(deadBytes)
          .putLong(verifiedMillis)
          .array();
    }
  }

  /// Of a study that is no more.
  record GoneCells(long sequence, long number, byte[] name, SiteId site) implements Cells {
    @Override
    public byte[] about() {
      return new byte[0];
    }

    @Override
    public byte[] tagged() {
      return begin(GONE, 48).putLong(sequence).putLong(number).put(name).put(id(site)).array();
    }
  }

  /// Of the catalogue as a whole.
  record StateCells(long version, byte[] identity, byte[] pack, long offset, long... numbers)
      implements Cells {
    @Override
    public byte[] about() {
      return new byte[0];
    }

    @Override
    public byte[] tagged() {
      ByteBuffer each = ByteBuffer.allocate(Long.BYTES * numbers.length);
      for (long number : numbers) {
        each.putLong(number);
      }
      return begin(STATE, 28 + identity.length + pack.length + each.capacity())
          .putLong(version)
          .put(identity)
          .putInt(pack.length)
          .put(pack)
          .putLong(offset)
          .put(each.flip())
          .array();
    }
  }
}
