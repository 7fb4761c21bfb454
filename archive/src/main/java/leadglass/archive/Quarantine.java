package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.store.Lifecycle;
import leadglass.store.StudyRow;

/// Instances that were kept but are found by nobody until somebody decides.
///
/// Safe for use by several threads.
public final class Quarantine {
  private static final int PAGE = 200;

  private final Custody custody;
  private final Keeping keeping;
  private final Predicate<Uid> isHeld;

  /// @param isHeld whether an instance of that SOP Instance UID is found
  Quarantine(Custody custody, Keeping keeping, Predicate<Uid> isHeld) {
    this.custody = custody;
    this.keeping = keeping;
    this.isHeld = isHeld;
  }

  /// Why an instance is kept apart.
  public enum Why {
    /// It came over a lane for a study that had settled.
    LATE,
    /// Another instance has its SOP Instance UID.
    CONFLICT
  }

  /// An instance that waits for somebody's decision.
  ///
  /// @param name for [#accept] and [#discard]
  /// @param place hand this to [#list] to continue behind it
  /// @param attributes of patient and study as it came; empty for who may not find studies
  public record Entry(
      String name,
      long place,
      Why why,
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
      DataSet attributes = Rows.decode(each.filing().studyAttributes());
      entries.add(
          new Entry(
              each.record(),
              each.place(),
              why(each),
              each.filing().study(),
              each.filing().sopInstance(),
              custody.shows(by, attributes) ? attributes : DataSet.EMPTY,
              each.dataSetBytes(),
              each.filing().receivedMillis()));
    }
    long patients = entries.stream().filter(each -> each.attributes().size() > 0).count();
    custody.listed(by, "quarantine", patients);
    return entries;
  }

  private Why why(Lifecycle.Apart apart) {
    return isHeld.test(apart.filing().sopInstance()) ? Why.CONFLICT : Why.LATE;
  }

  /// Puts it into its study; of a conflict, in the place of the first, which is destroyed then.
  public Ruling accept(Caller by, String name) throws IOException {
    return decide(
        by,
        name,
        "accepted",
        apart -> {
          if (why(apart) == Why.LATE) {
            return keeping.heldBack(apart.study());
          }
          Optional<StudyRow> row = custody.row(apart.study());
          return row.isPresent()
              ? keeping.keeps(apart.study(), row.get())
              : keeping.heldBack(apart.study());
        },
        doing -> custody.lifecycle().accept(custody.site(), name, doing),
        "");
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
      Optional<Lifecycle.Apart> apart =
          Custody.isName(name) ? custody.lifecycle().apart(custody.site(), name) : Optional.empty();
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
