package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.Lifecycle;
import leadglass.store.StudyName;

/// Instances that were kept but are found by nobody until somebody decides.
///
/// Safe for use by several threads.
public final class Quarantine {
  private static final int PAGE = 200;

  private final Custody custody;
  private final Keeping keeping;
  private final Shelf shelf;

  Quarantine(Custody custody, Keeping keeping, Shelf shelf) {
    this.custody = custody;
    this.keeping = keeping;
    this.shelf = shelf;
  }

  /// Why an instance is kept apart.
  public enum Why {
    /// It came over a lane for a study that had settled.
    LATE,
    /// It came over a lane that had ended.
    LANE_ENDED,
    /// It came from a device whose certificate had ended.
    EXPIRED,
    /// Another instance has its SOP Instance UID.
    CONFLICT
  }

  /// An instance that waits for somebody's decision.
  ///
  /// @param name for [#accept] and [#discard]
  /// @param place hand this to [#list] to continue behind it
  /// @param unproved whether it came without TLS, from whoever knew a lane's titles
  /// @param attributes of patient and study as it came; empty for who may not find studies
  public record Entry(
      String name,
      long place,
      Why why,
      boolean unproved,
      Uid study,
      Uid sopInstance,
      DataSet attributes,
      long bytes,
      long receivedMillis) {
    @Override
    public String toString() {
      return "Entry[" + why + "]";
    }
  }

  /// What waits, oldest first; empty for whoever may not know.
  ///
  /// @param after place of the last page's last entry, or 0
  public List<Entry> list(Caller by, long after, int limit) throws IOException {
    if (!custody.gate().permits(by, Verb.CORRECT)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    for (Lifecycle.Apart each :
        custody.lifecycle().apart(custody.site(), after, Math.clamp(limit, 1, PAGE))) {
      entries.add(entry(each, custody.shows(by, Rows.decode(each.filing().studyAttributes()))));
    }
    long patients = entries.stream().filter(each -> each.attributes().size() > 0).count();
    custody.listed(by, "quarantine", patients);
    return entries;
  }

  private Entry entry(Lifecycle.Apart apart, boolean shown) {
    return new Entry(
        apart.record(),
        apart.place(),
        why(apart),
        came(apart).filter(how -> how != Came.CERTIFICATE_ENDED).isPresent(),
        apart.filing().study(),
        apart.filing().sopInstance(),
        shown ? Rows.decode(apart.filing().studyAttributes()) : DataSet.EMPTY,
        apart.dataSetBytes(),
        apart.filing().receivedMillis());
  }

  private Why why(Lifecycle.Apart apart) {
    if (shelf.instance(apart.filing().sopInstance()).isPresent()) {
      return Why.CONFLICT;
    }
    return came(apart)
        .map(how ->
            switch (how) {
              case LANE, LATE -> Why.LATE;
              case LANE_ENDED -> Why.LANE_ENDED;
              case CERTIFICATE_ENDED -> Why.EXPIRED;
            })
        .orElse(Why.LATE);
  }

  private static Optional<Came> came(Lifecycle.Apart apart) {
    return Came.of(Rows.decode(apart.filing().instanceAttributes()));
  }

  /// How much waits: what those may know who set the rule and decide nothing.
  ///
  /// @param oldestMillis when the first of them came
  public record Waiting(long count, Optional<Long> oldestMillis) {}

  /// Nothing for who neither decides nor sets the rule.
  public Waiting waiting(Caller by) {
    boolean may =
        custody.gate().permits(by, Verb.CORRECT) || custody.gate().permits(by, Verb.ADMINISTER);
    long count = 0;
    Optional<Long> oldest = Optional.empty();
    List<Lifecycle.Apart> page = List.of();
    do {
      long after = page.isEmpty() ? 0 : page.getLast().place();
      page = may ? custody.lifecycle().apart(custody.site(), after, PAGE) : List.of();
      count += page.size();
      if (oldest.isEmpty() && !page.isEmpty()) {
        oldest = Optional.of(page.getFirst().filing().receivedMillis());
      }
    } while (page.size() == PAGE);
    return new Waiting(count, oldest);
  }

  /// One of two instances that are to be compared.
  ///
  /// @param attributes of patient, study, series and instance, as far as the archive keeps them
  ///   beside the bytes
  /// @param bytes of the data set
  public record Side(DataSet attributes, Uid series, Uid sopClass, Uid transferSyntax, long bytes) {
    @Override
    public String toString() {
      return "Side[" + bytes + " bytes]";
    }
  }

  /// An instance that is kept apart, beside the one whose place it would take.
  ///
  /// @param kept the one that has its SOP Instance UID; empty if none has
  /// @param keptStudy in which that one lies
  /// @param apartSeen whether who looks may see a preview of the one kept apart
  /// @param keptSeen likewise of the other
  public record Pair(
      Entry entry,
      Side apart,
      Optional<Side> kept,
      Optional<Uid> keptStudy,
      boolean apartSeen,
      boolean keptSeen) {}

  /// What is to be compared before it is decided; empty for who may not decide, and for who sees
  /// nobody. That somebody looked is in the trail.
  public Optional<Pair> pair(Caller by, String name) throws IOException {
    Optional<Lifecycle.Apart> found = seen(by, name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Lifecycle.Apart apart = found.get();
    Uid study = apart.filing().study();
    Optional<InstanceRow> row = shelf.instance(apart.filing().sopInstance());
    String what = "instance kept apart compared: " + name;
    custody.write(by, Act.SEARCHED, what, custody.subject(study, ""));
    Optional<Uid> other = row.map(InstanceRow::study).filter(uid -> !uid.equals(study));
    if (other.isPresent()) {
      custody.write(by, Act.SEARCHED, what, custody.subject(other.get(), ""));
    }
    Side side =
        side(
            apart.row(),
            Rows.decode(apart.filing().studyAttributes()),
            Rows.decode(apart.filing().seriesAttributes()));
    Optional<Side> kept = row.map(each -> side(each, ofStudy(each), ofSeries(each)));
    Reach reach = custody.gate().reach(by, Look.PREVIEW.verb());
    return Optional.of(
        new Pair(
            entry(apart, true),
            side,
            kept,
            row.map(InstanceRow::study),
            custody.within(reach, side.attributes()),
            kept.filter(each -> custody.within(reach, each.attributes())).isPresent()));
  }

  /// Who decides on one looks at that one, of whatever day it is; the console decides and sees
  /// nobody.
  private Optional<Lifecycle.Apart> seen(Caller by, String name) throws IOException {
    boolean may = custody.gate().permits(by, Verb.FIND);
    return may && custody.permits(by, Verb.CORRECT, "looking at an instance kept apart")
        ? apart(name)
        : Optional.empty();
  }

  private Optional<Lifecycle.Apart> apart(String name) {
    return Custody.isName(name)
        ? custody.lifecycle().apart(custody.site(), name)
        : Optional.empty();
  }

  private DataSet ofStudy(InstanceRow row) {
    return custody.find(row.study()).flatMap(custody::row).map(Rows::current).orElse(DataSet.EMPTY);
  }

  private DataSet ofSeries(InstanceRow row) {
    return shelf.series(row.study()).stream()
        .filter(each -> each.series().equals(row.series()))
        .findFirst()
        .map(each -> Rows.decode(each.attributes()))
        .orElse(DataSet.EMPTY);
  }

  private static Side side(InstanceRow row, DataSet ofStudy, DataSet ofSeries) {
    DataSet.Builder all = DataSet.builder().utf8();
    for (DataSet level : List.of(ofStudy, ofSeries, Came.without(Rows.decode(row.attributes())))) {
      level.forEach(element -> {
        if (element.tag() != Tag.SPECIFIC_CHARACTER_SET) {
          all.add(element);
        }
      });
    }
    return new Side(
        all.build(), row.series(), row.sopClass(), row.transferSyntax(), row.dataSetBytes());
  }

  /// For a preview of what is kept apart: for who decides, and sees previews of that day.
  public Optional<Held> preview(Caller by, String name) throws IOException {
    Optional<Lifecycle.Apart> found = seen(by, name);
    boolean may =
        found.isPresent()
            && custody.within(
                custody.gate().reach(by, Look.PREVIEW.verb()),
                Rows.decode(found.get().filing().studyAttributes()));
    if (!may) {
      return Optional.empty();
    }
    custody.write(
        by,
        Look.PREVIEW.act(),
        "instance kept apart: " + name,
        custody.subject(found.get().filing().study(), ""));
    return Optional.of(shelf.open(found.get().row()));
  }

  /// Puts it into its study; of a conflict, in the place of the first, which is destroyed then.
  ///
  /// @param reason sealed with its study
  public Ruling accept(Caller by, String name, String reason) throws IOException {
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    return decide(
        by,
        name,
        "accepted",
        this::keptFromAccepting,
        doing -> custody.lifecycle().accept(custody.site(), name, doing),
        reason.strip());
  }

  /// What keeps the study it would change, or the one that it would take the first from, which may
  /// be another.
  private Optional<String> keptFromAccepting(Lifecycle.Apart apart) {
    Optional<String> held = keeping.heldBack(apart.study());
    if (held.isPresent()) {
      return held;
    }
    Optional<StudyName> losing =
        shelf.instance(apart.filing().sopInstance()).flatMap(first -> custody.find(first.study()));
    return losing.flatMap(study -> custody.row(study).flatMap(row -> keeping.keeps(study, row)));
  }

  /// Destroys it.
  ///
  /// @param reason sealed with its study
  public Ruling discard(Caller by, String name, String reason) throws IOException {
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    byte[] why = Encodings.utf8(reason.strip());
    return decide(
        by,
        name,
        "dropped",
        apart -> keeping.heldBack(apart.study()),
        doing -> custody.lifecycle().discard(custody.site(), name, why, doing),
        reason.strip());
  }

  private interface Refusing {
    Optional<String> refuses(Lifecycle.Apart apart);
  }

  private interface Deciding {
    Lifecycle.Done decide(Lifecycle.Doing doing) throws IOException;
  }

  private Ruling decide(
      Caller by, String name, String what, Refusing refusing, Deciding deciding, String reason)
      throws IOException {
    if (!custody.permits(by, Verb.CORRECT, "deciding on an instance kept apart")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      Optional<Lifecycle.Apart> apart = apart(name);
      if (apart.isEmpty()) {
        return new Ruling.NotThere();
      }
      Optional<String> refused = refusing.refuses(apart.get());
      if (refused.isPresent()) {
        return new Ruling.Refused(refused.get());
      }
      Lifecycle.Doing doing =
          custody.doing(
              by,
              Act.QUARANTINE,
              "instance kept apart " + what + ": " + name,
              custody.subject(apart.get().filing().study(), reason));
      return switch (deciding.decide(doing)) {
        case DONE -> new Ruling.Done(name);
        case NOT_THERE, CAME_AGAIN -> new Ruling.NotThere();
      };
    } finally {
      custody.acts().unlock();
    }
  }
}
