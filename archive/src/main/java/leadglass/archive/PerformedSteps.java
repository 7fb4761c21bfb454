package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;

/// Performed procedure steps: what modalities say of what they did (PS3.4 Annex F). Kept before
/// they are told so; the scheduled steps they are of follow their state.
///
/// Safe for use by several threads.
public final class PerformedSteps {
  /// Of one site.
  public static final int COUNT_MAX = 20_000;

  /// What a modality says of one; some ten thousand images are named in less.
  public static final int BYTES_MAX = 2 << 20;

  private static final Duration KEPT = Duration.ofDays(Worklist.KEPT_DAYS);
  private static final Duration SWEPT_EVERY = Duration.ofHours(1);

  private final Custody custody;
  private final Worklist worklist;
  private final Documents<PerformedStepRecord> documents;
  private final Documents<PerformedStepRecord.Said> said;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Documents.Kept<PerformedStepRecord>> held = new ConcurrentHashMap<>();
  private long swept;

  PerformedSteps(Custody custody, Worklist worklist, Registry registry) {
    this.custody = custody;
    this.worklist = worklist;
    this.documents = new Documents<>(registry, PerformedStepRecord.KIND, PerformedStepRecord.class);
    this.said =
        new Documents<>(registry, PerformedStepRecord.Said.KIND, PerformedStepRecord.Said.class);
    documents.list().forEach(kept -> held.put(kept.key(), kept));
  }

  /// What a request breaks.
  public enum Rule {
    NOT_AUTHORIZED,
    NO_SUCH_ATTRIBUTE,
    INVALID_VALUE,
    MISSING_ATTRIBUTE,
    MISSING_VALUE,
    /// There is one of that SOP Instance UID.
    DUPLICATE_INSTANCE,
    NO_SUCH_INSTANCE,
    /// It is in a final state.
    NO_LONGER_UPDATED,
    RESOURCE_LIMITATION
  }

  /// What came of a request.
  public sealed interface Answer {
    record Done(Uid instance) implements Answer {}

    /// Nothing was changed.
    ///
    /// @param attributes tags that it is about
    record Wrong(Rule rule, List<Integer> attributes) implements Answer {
      public Wrong {
        attributes = List.copyOf(attributes);
      }
    }
  }

  private static Answer wrong(Rule rule) {
    return new Answer.Wrong(rule, List.of());
  }

  /// A procedure step is begun.
  ///
  /// @param instance SOP Instance UID; one is made if it is empty
  public Answer create(Caller.Device by, Optional<Uid> instance, DataSet attributes)
      throws IOException {
    if (!custody.permits(by, Verb.WORKLIST, "reporting on a procedure")) {
      return wrong(Rule.NOT_AUTHORIZED);
    }
    Optional<Answer> wrong = PerformedStepRules.create(attributes);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Optional<byte[]> encoded = PerformedStepRules.inUtf8(attributes).flatMap(this::encode);
    if (encoded.isEmpty()) {
      return wrong(Rule.RESOURCE_LIMITATION);
    }
    Uid uid = instance.orElseGet(StepRules::fresh);
    lock.lock();
    try {
      if (held.containsKey(uid.value())) {
        return wrong(Rule.DUPLICATE_INSTANCE);
      }
      if (held.size() >= COUNT_MAX) {
        return wrong(Rule.RESOURCE_LIMITATION);
      }
      long now = custody.clock().millis();
      PerformedStepRecord record =
          new PerformedStepRecord(
              uid.value(),
              by.aeTitle(),
              PerformedStepRules.IN_PROGRESS,
              patient(attributes).map(Pseudonym::value).orElse(null),
              scheduled(by, attributes),
              now,
              now);
      keep(by, record, 0, encoded.get());
      return new Answer.Done(uid);
    } finally {
      lock.unlock();
    }
  }

  /// A modality says how it goes with one that it began.
  public Answer set(Caller.Device by, Uid instance, DataSet changes) throws IOException {
    if (!custody.permits(by, Verb.WORKLIST, "reporting on a procedure")) {
      return wrong(Rule.NOT_AUTHORIZED);
    }
    Optional<DataSet> plain = PerformedStepRules.inUtf8(changes);
    if (plain.isEmpty()) {
      return wrong(Rule.RESOURCE_LIMITATION);
    }
    lock.lock();
    try {
      Documents.Kept<PerformedStepRecord> kept = held.get(instance.value());
      // One of another device looks like none.
      if (kept == null || !kept.document().aeTitle().equals(by.aeTitle())) {
        return wrong(Rule.NO_SUCH_INSTANCE);
      }
      if (PerformedStepRules.isFinal(kept.document().state())) {
        return wrong(Rule.NO_LONGER_UPDATED);
      }
      DataSet after = PerformedStepRules.merged(attributes(instance), plain.get());
      Optional<Answer> wrong = PerformedStepRules.set(plain.get(), after);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      Optional<byte[]> encoded = encode(after);
      if (encoded.isEmpty()) {
        return wrong(Rule.RESOURCE_LIMITATION);
      }
      PerformedStepRecord record =
          kept.document().at(PerformedStepRules.state(after), custody.clock().millis());
      keep(by, record, kept.version(), encoded.get());
      return new Answer.Done(instance);
    } finally {
      lock.unlock();
    }
  }

  private Optional<byte[]> encode(DataSet attributes) {
    byte[] encoded = DataSets.encode(attributes);
    return encoded.length <= BYTES_MAX ? Optional.of(encoded) : Optional.empty();
  }

  /// What was said of one so far, in UTF-8.
  private DataSet attributes(Uid instance) {
    try {
      byte[] encoded =
          said.find(instance.value())
              .map(kept -> kept.document().attributes())
              .orElseThrow(() -> new IllegalStateException("a performed step without attributes"));
      return DataSets.decode(encoded);
    } catch (DicomException e) {
      throw new IllegalStateException("the attributes of a performed step can't be read", e);
    }
  }

  /// First the trail; then what was said; then its state, without which what was said is nothing.
  private void keep(Caller by, PerformedStepRecord record, long version, byte[] attributes)
      throws IOException {
    String key = record.instance();
    custody.write(
        by,
        Act.PERFORMED,
        "procedure step "
            + record.state()
            + (record.steps().isEmpty()
                ? ", none that was planned"
                : " of " + String.join(", ", record.steps())),
        Optional.ofNullable(record.patient())
            .flatMap(patient -> custody.subject(new Pseudonym(patient), "")));
    long before = said.find(key).map(Documents.Kept::version).orElse(0L);
    if (!said.put(key, before, new PerformedStepRecord.Said(attributes))
        || !documents.put(key, version, record)) {
      throw new IllegalStateException("somebody else changes the registry");
    }
    held.put(key, new Documents.Kept<>(key, version + 1, record));
    worklist.reported(record.steps(), status(record.state()));
  }

  private static StepStatus status(String state) {
    return switch (state) {
      case PerformedStepRules.COMPLETED -> StepStatus.COMPLETED;
      case PerformedStepRules.DISCONTINUED -> StepStatus.DISCONTINUED;
      default -> StepStatus.IN_PROGRESS;
    };
  }

  private Optional<Pseudonym> patient(DataSet attributes) {
    return custody.pseudonym(
        new About.Patient(
            attributes.string(Tag.ISSUER_OF_PATIENT_ID).orElse("").strip(),
            attributes.string(Tag.PATIENT_ID).orElse("").strip()));
  }

  /// The entries of the worklist that one is of.
  private List<String> scheduled(Caller.Device by, DataSet attributes) {
    Set<String> ids = new LinkedHashSet<>();
    for (DataSet item : attributes.items(PerformedStepRules.SCHEDULED)) {
      Optional<Uid> study = item.uid(Tag.STUDY_INSTANCE_UID);
      if (study.isPresent()) {
        String stepId = item.string(StepField.STEP_ID.tag()).orElse("").strip();
        String accession = item.string(Tag.ACCESSION_NUMBER).orElse("").strip();
        worklist
            .performed(by, study.get().value(), stepId, accession)
            .forEach(step -> ids.add(step.id()));
      }
    }
    return new ArrayList<>(ids);
  }

  /// A patient is erased: what was said of them goes with them.
  void erased(Pseudonym patient) {
    forget(
        held.values().stream()
            .map(Documents.Kept::document)
            .filter(each -> patient.value().equals(each.patient()))
            .map(PerformedStepRecord::instance)
            .collect(Collectors.toSet()));
  }

  /// Forgets those that nothing was said of for long.
  void sweep() {
    long now = custody.clock().millis();
    if (now - swept < SWEPT_EVERY.toMillis()) {
      return;
    }
    swept = now;
    forget(
        held.values().stream()
            .map(Documents.Kept::document)
            .filter(each -> now - each.changed() > KEPT.toMillis())
            .map(PerformedStepRecord::instance)
            .collect(Collectors.toSet()));
  }

  private void forget(Set<String> instances) {
    lock.lock();
    try {
      for (String instance : instances) {
        documents.remove(instance);
        said.remove(instance);
        held.remove(instance);
      }
    } finally {
      lock.unlock();
    }
  }
}
