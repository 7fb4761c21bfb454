package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.pack.Disk;

/// A disk whose n-th call fails, once: with no space left, with an input/output error, or short.
/// What comes after the fault works again, as it does on real disks; whoever goes on all the same
/// is found out when the power goes.
final class FaultyDisk implements Disk {

  /// What goes wrong.
  enum Fault {
    NO_SPACE("No space left on device"),
    IO_ERROR("Input/output error"),
    /// Half of what is to be written or read.
    SHORT("Input/output error");

    private final String message;

    Fault(String message) {
      this.message = message;
    }
  }

  /// A kind of call.
  enum Call {
    LIST,
    CREATE,
    APPEND,
    SYNC,
    READ,
    SIZE,
    REMOVE
  }

  private final BlockDisk disk;
  private final Fault fault;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> afterFault = new ArrayList<>();
  private long callsLeft;
  private boolean armed = true;
  private Call fired = Call.LIST;
  private boolean hasFired;

  /// @param callsBefore how many calls that can fail so work before
  FaultyDisk(BlockDisk disk, Fault fault, long callsBefore) {
    this.disk = disk;
    this.fault = fault;
    this.callsLeft = callsBefore;
  }

  boolean hasFired() {
    lock.lock();
    try {
      return hasFired;
    } finally {
      lock.unlock();
    }
  }

  /// Which call failed.
  Call fired() {
    return fired;
  }

  /// Packs that were synced after the fault, those made since left out.
  List<String> syncedAfterFault() {
    lock.lock();
    try {
      return List.copyOf(afterFault);
    } finally {
      lock.unlock();
    }
  }

  /// Nothing fails any more.
  void disarm() {
    lock.lock();
    try {
      armed = false;
    } finally {
      lock.unlock();
    }
  }

  private boolean applies(Call call) {
    return switch (fault) {
      case NO_SPACE -> call == Call.CREATE || call == Call.APPEND || call == Call.SYNC;
      case IO_ERROR -> true;
      case SHORT -> call == Call.APPEND || call == Call.READ;
    };
  }

  /// Whether this call is the one.
  private boolean fails(Call call) {
    lock.lock();
    try {
      if (!armed || hasFired || !applies(call) || callsLeft-- > 0) {
        return false;
      }
      hasFired = true;
      fired = call;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void check(Call call) throws IOException {
    if (fails(call)) {
      throw failure();
    }
  }

  private IOException failure() {
    return new FileSystemException("pack", null, fault.message);
  }

  private void noteSync(String pack) {
    lock.lock();
    try {
      if (hasFired) {
        afterFault.add(pack);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> packs() throws IOException {
    check(Call.LIST);
    return disk.packs();
  }

  @Override
  public Tail create(String pack) throws IOException {
    check(Call.CREATE);
    Tail tail = disk.create(pack);
    return new Tail() {
      @Override
      public void append(ByteBuffer bytes) throws IOException {
        if (fails(Call.APPEND)) {
          if (fault == Fault.SHORT) {
            int half = bytes.remaining() / 2;
            tail.append(bytes.slice(bytes.position(), half));
          }
          throw failure();
        }
        tail.append(bytes);
      }

      @Override
      public void force() throws IOException {
        noteSync(pack);
        if (fails(Call.SYNC)) {
          disk.forget(pack);
          throw failure();
        }
        tail.force();
      }

      @Override
      public void close() throws IOException {
        tail.close();
      }
    };
  }

  @Override
  public int read(String pack, long offset, ByteBuffer into) throws IOException {
    if (fails(Call.READ)) {
      if (fault == Fault.SHORT) {
        int limit = into.limit();
        into.limit(into.position() + into.remaining() / 2);
        int read = disk.read(pack, offset, into);
        into.limit(limit);
        return read;
      }
      throw failure();
    }
    return disk.read(pack, offset, into);
  }

  @Override
  public long size(String pack) throws IOException {
    check(Call.SIZE);
    return disk.size(pack);
  }

  @Override
  public void force(String pack) throws IOException {
    noteSync(pack);
    if (fails(Call.SYNC)) {
      disk.forget(pack);
      throw failure();
    }
    disk.force(pack);
  }

  @Override
  public void remove(String pack) throws IOException {
    check(Call.REMOVE);
    disk.remove(pack);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    check(Call.REMOVE);
    disk.rename(from, to);
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
