package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.store.Lifecycle;
import leadglass.store.Registry;
import leadglass.store.StudyName;

/// Deletes studies softly: for [#DAYS] days one is hidden and can be brought back, then its key is
/// destroyed, unless a hold or retention keeps it.
///
/// Safe for use by several threads.
public final class Deletions {

  /// How long a deleted study can be brought back at least.
  public static final int DAYS = 30;

  /// Of a reason.
  public static final int REASON_CHARS_MAX = Custody.REASON_CHARS_MAX;

  private static final int PAGE = 200;

  /// What a study that was put aside waits for, besides its date.
  ///
  /// @param days counted when the archive first saw it put aside
  record Seen(int days) {}

  private final Custody custody;
  private final Keeping keeping;
  private final Days days;
  private final Documents<Seen> documents;

  Deletions(Custody custody, Keeping keeping, Days days, Registry registry) {
    this.custody = custody;
    this.keeping = keeping;
    this.days = days;
    this.documents = new Documents<>(registry, "deletion", Seen.class);
  }

  /// A study that was deleted and can be brought back.
  ///
  /// @param name of this coming of the study, for [#bringBack]
  /// @param attributes as a row of [Query] has them; empty for who may not find studies
  /// @param by who deleted it
  /// @param reason as it was typed; empty for who may not find studies
  /// @param endsMillis when it is destroyed at the earliest
  /// @param kept a sentence that says why it stays longer, if it does
  public record Deleted(
      String name,
      Uid study,
      DataSet attributes,
      int series,
      int instances,
      long bytes,
      long deletedMillis,
      String by,
      String reason,
      long endsMillis,
      Optional<String> kept) {
    @Override
    public String toString() {
      return "Deleted[" + instances + " instances]";
    }
  }

  /// Hides a study from every door; its UIDs are free. Refused while a hold lies on it.
  ///
  /// @param reason sealed with the study
  /// @return [Ruling.Done] names the study for [#bringBack]
  public Ruling delete(Caller by, Uid study, String reason) throws IOException {
    if (!custody.permits(by, Verb.CORRECT, "deleting a study")) {
      return new Ruling.NotThere();
    }
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    custody.acts().lock();
    try {
      Optional<StudyName> found = custody.find(study);
      if (found.isEmpty()) {
        return new Ruling.NotThere();
      }
      StudyName name = found.get();
      Optional<String> held = keeping.heldBack(name);
      if (held.isPresent()) {
        return new Ruling.Refused(held.get());
      }
      Lifecycle.Doing doing =
          custody.doing(
              by,
              Act.DELETED,
              "study deleted: " + name.value(),
              custody.subject(study, reason.strip()));
      return ruling(
          name,
          custody.lifecycle().delete(custody.site(), name, Encodings.utf8(reason.strip()), doing));
    } finally {
      custody.acts().unlock();
    }
  }

  /// Makes a deleted study be found again, as it was.
  public Ruling bringBack(Caller by, String name) throws IOException {
    if (!custody.permits(by, Verb.CORRECT, "bringing a study back")) {
      return new Ruling.NotThere();
    }
    Optional<StudyName> study = Custody.studyName(name);
    if (study.isEmpty()) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      Lifecycle.Doing doing =
          custody.doing(by, Act.RESTORED, "study brought back: " + name, Optional.empty());
      Lifecycle.Done done = custody.lifecycle().restore(custody.site(), study.get(), doing);
      if (done == Lifecycle.Done.DONE) {
        documents.remove(name);
      }
      return ruling(study.get(), done);
    } finally {
      custody.acts().unlock();
    }
  }

  private static Ruling ruling(StudyName name, Lifecycle.Done done) {
    return switch (done) {
      case DONE -> new Ruling.Done(name.value());
      case NOT_THERE -> new Ruling.NotThere();
      case CAME_AGAIN ->
          new Ruling.Refused(
              "The same study came again since it was deleted. Delete that one first, then bring"
                  + " this one back.");
    };
  }

  /// What is deleted and can be brought back, oldest first; empty for whoever may not know.
  ///
  /// @param after name of the last page's last study
  public List<Deleted> list(Caller by, Optional<String> after, int limit) throws IOException {
    if (!custody.gate().permits(by, Verb.CORRECT)) {
      return List.of();
    }
    Optional<StudyName> behind = after.flatMap(Custody::studyName);
    List<Deleted> deleted = new ArrayList<>();
    for (Lifecycle.Aside aside :
        custody.lifecycle().aside(custody.site(), behind, Math.clamp(limit, 1, PAGE))) {
      deleted.add(deleted(aside, by));
    }
    long patients = deleted.stream().filter(each -> each.attributes().size() > 0).count();
    custody.listed(by, "deleted studies", patients);
    return deleted;
  }

  private Deleted deleted(Lifecycle.Aside aside, Caller by) {
    DataSet attributes = Rows.whole(aside.row());
    boolean shown = custody.shows(by, attributes);
    return new Deleted(
        aside.name().value(),
        aside.row().study(),
        shown ? attributes : DataSet.EMPTY,
        aside.row().seriesCount(),
        aside.row().instanceCount(),
        aside.row().bytes(),
        aside.deletedMillis(),
        aside.by(),
        shown ? new String(aside.reason(), java.nio.charset.StandardCharsets.UTF_8) : "",
        ends(aside),
        keeping.keeps(aside.name(), aside.row()));
  }

  private static long ends(Lifecycle.Aside aside) {
    return aside.deletedMillis() + Duration.ofDays(DAYS).toMillis();
  }

  /// Destroys what has been deleted long enough, by the clock and in days counted.
  void sweep() throws IOException {
    Map<String, Documents.Kept<Seen>> seen = new HashMap<>();
    documents.list().forEach(kept -> seen.put(kept.key(), kept));
    Optional<StudyName> after = Optional.empty();
    List<Lifecycle.Aside> page;
    do {
      page = custody.lifecycle().aside(custody.site(), after, PAGE);
      for (Lifecycle.Aside aside : page) {
        Documents.Kept<Seen> known = seen.remove(aside.name().value());
        if (known == null) {
          documents.put(aside.name().value(), 0, new Seen(days.count()));
        } else if (isDue(aside, known.document())) {
          purge(aside);
        }
      }
      after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().name());
    } while (page.size() == PAGE);
    seen.keySet().forEach(documents::remove); // of studies that were brought back or destroyed
  }

  private boolean isDue(Lifecycle.Aside aside, Seen seen) {
    return custody.clock().millis() >= ends(aside) && days.count() - seen.days() >= DAYS;
  }

  private void purge(Lifecycle.Aside aside) throws IOException {
    custody.acts().lock();
    try {
      if (keeping.keeps(aside.name(), aside.row()).isPresent()) {
        return;
      }
      Lifecycle.Doing doing =
          custody.doing(Act.PURGED, "deleted study destroyed: " + aside.name().value());
      if (custody.lifecycle().purge(custody.site(), aside.name(), doing) == Lifecycle.Done.DONE) {
        documents.remove(aside.name().value());
      }
    } finally {
      custody.acts().unlock();
    }
  }
}
