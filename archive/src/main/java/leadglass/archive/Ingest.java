package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.archive.StoreOutcome.Reason;
import leadglass.archive.StoreOutcome.Refused;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.store.Audit;
import leadglass.store.Filing;
import leadglass.store.Incoming;
import leadglass.store.InstanceRow;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StoredBytes;

/// Takes instances in. What returns [StoreOutcome.Stored] is on stable storage.
///
/// Safe for use by several threads.
public final class Ingest {
  private static final String OTHER_BYTES = "another instance holds this SOP Instance UID";

  private final Store store;
  private final SiteId site;
  private final Gate gate;
  private final Limits limits;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Consumer<? super ArchiveEvent> events;
  private final Claims claims = new Claims();
  private final SiteRules rules;
  private final Arrivals arrivals;
  private final Unverified unverified;
  private volatile boolean complete;

  Ingest(
      Store store,
      SiteId site,
      Gate gate,
      Limits limits,
      AuditTrail trail,
      InstantSource clock,
      SiteRules rules,
      Arrivals arrivals,
      Unverified unverified,
      Consumer<? super ArchiveEvent> events) {
    this.store = store;
    this.site = site;
    this.gate = gate;
    this.limits = limits;
    this.trail = trail;
    this.clock = clock;
    this.rules = rules;
    this.arrivals = arrivals;
    this.unverified = unverified;
    this.events = events;
  }

  /// Told of each instance that was kept, before its sender is.
  @FunctionalInterface
  interface Arrivals {
    /// @param referring items of (0008,0096)
    void arrived(Uid study, List<DataSet> referring) throws IOException;
  }

  /// What a device's enrolment keeps it from.
  @FunctionalInterface
  interface Limits {
    /// Why this caller may not store such an instance, if it may not.
    Optional<String> objection(Caller caller, Optional<Uid> sopClass);
  }

  /// From now on nothing is taken: for an archive that holds only what it was made with.
  public void complete() {
    complete = true;
  }

  /// A data set as it comes over DIMSE.
  ///
  /// @param dataSet read to its end, or as far as it is worth; not closed
  /// @throws IOException if the peer's stream fails; nothing is kept
  /// @throws UncheckedIOException if the disk fails; the store is read-only from then on
  public StoreOutcome store(Caller caller, StoreRequest request, InputStream dataSet)
      throws IOException {
    return receive(caller, request, dataSet).outcome();
  }

  /// An instance that was read. Whoever has it asks for its outcome, once; until then it is not
  /// kept and holds up to 1 MiB.
  @FunctionalInterface
  public interface Received {

    /// Keeps it, and waits until that is on stable storage.
    ///
    /// @throws UncheckedIOException if the disk fails; the store is read-only from then on
    StoreOutcome outcome() throws IOException;
  }

  /// A data set as it comes over DIMSE, read while those before it may not be kept yet.
  ///
  /// @param dataSet read to its end, or as far as it is worth; not closed
  /// @throws IOException if the peer's stream fails; nothing is kept
  /// @throws UncheckedIOException if the disk fails; the store is read-only from then on
  public Received receive(Caller caller, StoreRequest request, InputStream dataSet)
      throws IOException {
    TransferSyntax syntax = Uids.transferSyntax(request.transferSyntax()).orElse(null);
    if (syntax == null || !syntax.dataSet()) {
      return known(answer(caller, new Refused(Reason.UNSUPPORTED, "unknown transfer syntax")));
    }
    return offered(caller, new Offer(request, syntax, DataSet.EMPTY, List.of()), dataSet);
  }

  private static Received known(StoreOutcome outcome) {
    return () -> outcome;
  }

  /// A file of PS3.10, as it comes by STOW-RS, from a browser or from a folder.
  ///
  /// @param study the study the door is told to store into (PS3.18 §10.5), if any
  /// @param file read to its end, or as far as it is worth; not closed
  public StoreOutcome storeFile(Caller caller, Optional<Uid> study, InputStream file)
      throws IOException {
    if (!gate.permits(caller, Verb.STORE)) {
      return answer(caller, notPermitted());
    }
    try {
      PartTen part = PartTen.read(file);
      if (part.meta().uid(Tag.MEDIA_STORAGE_SOP_CLASS_UID).equals(Optional.of(Instance.DICOMDIR))) {
        return answer(caller, Instance.NO_INSTANCE);
      }
      StoreRequest request =
          new StoreRequest(part.syntax().uid(), Optional.empty(), Optional.empty(), study);
      Offer offer = new Offer(request, part.syntax(), part.meta(), part.warnings());
      return offered(caller, offer, part.dataSet()).outcome();
    } catch (DicomException e) {
      return answer(caller, malformed(e));
    }
  }

  /// What is known of an instance before its data set is read.
  ///
  /// @param meta File Meta Information, empty if there is none
  private record Offer(
      StoreRequest request, TransferSyntax syntax, DataSet meta, List<String> warnings) {}

  private static Refused notPermitted() {
    return new Refused(Reason.NOT_AUTHORIZED, "this caller may not store");
  }

  private static Refused malformed(DicomException e) {
    String rule = String.valueOf(e.getMessage());
    return new Refused(Reason.MALFORMED, e.isTruncated() ? "cut short: " + rule : rule);
  }

  private Received offered(Caller caller, Offer offer, InputStream dataSet) throws IOException {
    if (!gate.permits(caller, Verb.STORE)) {
      return known(answer(caller, notPermitted()));
    }
    Optional<String> objection = limits.objection(caller, offer.request().sopClass());
    if (objection.isPresent()) {
      return known(answer(caller, new Refused(Reason.NOT_AUTHORIZED, objection.get())));
    }
    if (complete) {
      String rule = "takes nothing but its own synthetic phantoms";
      return known(answer(caller, new Refused(Reason.UNSUPPORTED, rule)));
    }
    Front front = Front.read(dataSet, offer.syntax());
    Uid sopInstance = front.sopInstance().or(offer.request()::sopInstance).orElse(null);
    if (sopInstance == null) {
      String rule = "no SOP Instance UID, or none that is one";
      return known(answer(caller, new Refused(Reason.MALFORMED, rule)));
    }
    if (!claims.claim(sopInstance)) {
      String rule = "the same instance is coming in twice; send again";
      return known(answer(caller, new Refused(Reason.OUT_OF_RESOURCES, rule)));
    }
    Received pending = null;
    try {
      Optional<InstanceRow> held = store.instance(site, sopInstance);
      if (held.isPresent()) {
        return known(again(caller, offer, held.get(), front.whole()));
      }
      pending = fresh(caller, offer, front.whole());
    } finally {
      if (pending == null) {
        claims.release(sopInstance);
      }
    }
    Received fresh = pending;
    return () -> {
      try {
        return fresh.outcome();
      } finally {
        claims.release(sopInstance);
      }
    };
  }

  /// The UID is held: the same bytes are a success, others are refused. Nothing is written but the
  /// entry that says so.
  private StoreOutcome again(Caller caller, Offer offer, InstanceRow held, InputStream dataSet)
      throws IOException {
    if (rules.conflicts() == SiteRules.Conflicts.QUARANTINE
        || unverified.keepsBeside(caller, held)) {
      return beside(caller, offer, held, dataSet);
    }
    boolean same = held.transferSyntax().equals(offer.syntax().uid()) && same(held, dataSet);
    return same
        ? held(caller, offer, held)
        : answer(caller, new Refused(Reason.UID_TAKEN, OTHER_BYTES));
  }

  private StoreOutcome held(Caller caller, Offer offer, InstanceRow held) {
    Optional<Uid> asked = offer.request().study();
    if (asked.isPresent() && !asked.get().equals(held.study())) {
      return answer(caller, new Refused(Reason.MALFORMED, Instance.OTHER_STUDY));
    }
    unverified.again(caller, held);
    return answer(caller, new StoreOutcome.AlreadyHeld(Instance.uids(held)));
  }

  private boolean same(InstanceRow row, InputStream theirs) throws IOException {
    try (StoredBytes held = unchecked(() -> store.open(site, row));
        InputStream ours = unchecked(() -> held.read(0, held.length()))) {
      byte[] expected = new byte[64 << 10];
      while (true) {
        int length = unchecked(() -> ours.readNBytes(expected, 0, expected.length));
        byte[] found = theirs.readNBytes(Math.max(length, 1));
        if (!java.util.Arrays.equals(expected, 0, length, found, 0, found.length)) {
          return false;
        }
        if (length == 0) {
          return true;
        }
      }
    }
  }

  /// The UID is held, and the site wants to see what comes under it again: other bytes are kept
  /// apart. They are kept, so the sender is told so, and that they wait.
  private StoreOutcome beside(Caller caller, Offer offer, InstanceRow held, InputStream dataSet)
      throws IOException {
    try (Incoming incoming = unchecked(store::receive);
        StoredBytes bytes = unchecked(() -> store.open(site, held));
        InputStream ours = unchecked(() -> bytes.read(0, bytes.length()))) {
      Compared compared = new Compared(dataSet, ours);
      Instance instance = Instance.read(new Tee(compared, incoming), offer.syntax());
      if (held.transferSyntax().equals(offer.syntax().uid()) && compared.same()) {
        return held(caller, offer, held);
      }
      Optional<Refused> refused = instance.refusal(offer.request());
      if (refused.isPresent()) {
        return answer(caller, refused.get());
      }
      return apart(caller, offer, incoming, instance, "kept apart: " + OTHER_BYTES);
    } catch (DicomException e) {
      return answer(caller, malformed(e));
    } catch (Tee.FullException _) {
      return answer(caller, noRoom());
    }
  }

  /// Files what was read where nobody finds it until somebody decides.
  private StoreOutcome apart(
      Caller caller, Offer offer, Incoming incoming, Instance instance, String why) {
    StoreOutcome.InstanceUids uids = instance.uids();
    Audit entry = trail.stored(caller, uids, why);
    Optional<Came> came = unverified.came(caller, uids.study());
    Filing filing = instance.filing(site, clock.millis(), entry, came).keptApart();
    return switch (unchecked(() -> store.file(incoming, filing))) {
      case Store.Filed.Kept(var row) -> {
        events.accept(new ArchiveEvent.InstanceStored(caller.origin().door(), row.dataSetBytes()));
        List<String> warnings = new ArrayList<>(instance.warnings(offer.meta(), offer.warnings()));
        warnings.add(why.replace("kept apart", "kept apart until somebody decides"));
        yield new StoreOutcome.Stored(uids, row.dataSetBytes(), List.copyOf(warnings));
      }
      // What is filed apart has no place to be taken.
      case Store.Filed.Taken _ -> answer(caller, new Refused(Reason.UID_TAKEN, OTHER_BYTES));
    };
  }

  private Received fresh(Caller caller, Offer offer, InputStream dataSet) throws IOException {
    Incoming incoming;
    try {
      incoming = unchecked(store::receive);
    } catch (Tee.FullException _) {
      return known(answer(caller, noRoom()));
    }
    Instance instance = null;
    try {
      Instance read = Instance.read(new Tee(dataSet, incoming), offer.syntax());
      Optional<Refused> refused = read.refusal(offer.request());
      if (refused.isPresent()) {
        return known(answer(caller, refused.get()));
      }
      instance = read;
    } catch (DicomException e) {
      return known(answer(caller, malformed(e)));
    } catch (Tee.FullException _) {
      return known(answer(caller, noRoom()));
    } finally {
      if (instance == null) {
        incoming.close();
      }
    }
    Instance whole = instance;
    return () -> {
      try (incoming) {
        return kept(caller, offer, incoming, whole);
      } catch (Tee.FullException _) {
        return answer(caller, noRoom());
      }
    };
  }

  private static Refused noRoom() {
    return new Refused(Reason.OUT_OF_RESOURCES, "no room for anything new; free some");
  }

  private StoreOutcome kept(Caller caller, Offer offer, Incoming incoming, Instance instance) {
    StoreOutcome.InstanceUids uids = instance.uids();
    Optional<Came> apart = unverified.apart(caller, uids.study());
    if (apart.isPresent()) {
      return apart(caller, offer, incoming, instance, apart.get().words());
    }
    Optional<Came> came = unverified.came(caller, uids.study());
    unverified.mark(caller, uids.study());
    Audit entry = trail.stored(caller, uids, came.map(Came::words).orElse(null));
    Store.Filed filed =
        unchecked(() -> store.file(incoming, instance.filing(site, clock.millis(), entry, came)));
    return switch (filed) {
      case Store.Filed.Kept(var row) -> {
        unverified.mark(caller, uids.study());
        unchecked(() -> {
          arrivals.arrived(uids.study(), instance.referring());
          return uids;
        });
        events.accept(new ArchiveEvent.InstanceStored(caller.origin().door(), row.dataSetBytes()));
        yield new StoreOutcome.Stored(
            uids, row.dataSetBytes(), instance.warnings(offer.meta(), offer.warnings()));
      }
      // Claims keep this from happening within one program.
      case Store.Filed.Taken _ -> answer(caller, new Refused(Reason.UID_TAKEN, OTHER_BYTES));
    };
  }

  /// Disk trouble is not the peer's: it travels unchecked.
  private static <T> T unchecked(Work<T> work) {
    try {
      return work.done();
    } catch (Store.OutOfSpaceException _) {
      throw new Tee.FullException();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T done() throws IOException;
  }

  /// The entry of what was not written, before the peer hears of it.
  private StoreOutcome answer(Caller caller, StoreOutcome outcome) {
    try {
      switch (outcome) {
        case Refused(var reason, var rule) -> {
          trail.note(caller, Act.STORED, false, null, reason + ": " + rule);
          events.accept(new ArchiveEvent.InstanceRefused(caller.origin().door(), reason));
        }
        case StoreOutcome.AlreadyHeld(var uids) ->
            trail.note(caller, Act.STORED, true, uids, "held before");
        case StoreOutcome.Stored _ -> {
          // Its entry went with it.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return outcome;
  }
}
