package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leadglass.archive.StoreOutcome.InstanceUids;
import leadglass.archive.StoreOutcome.Reason;
import leadglass.archive.StoreOutcome.Refused;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetReader.Event;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PixelLayout;
import leadglass.dicom.io.PixelLayoutBuilder;
import leadglass.dicom.io.ReadLimits;
import leadglass.store.Audit;
import leadglass.store.Filing;
import leadglass.store.InstanceRow;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import leadglass.store.StudyTerms;

/// A data set that was read to its last byte, and what the archive has to know of it.
final class Instance {
  static final String OTHER_STUDY = "of another study than the one it was sent to";
  static final Uid DICOMDIR = new Uid("1.2.840.10008.1.3.10");
  static final Refused NO_INSTANCE =
      new Refused(
          Reason.UNSUPPORTED, "no instance of a study: a DICOMDIR is not stored, its files are");

  private final TransferSyntax syntax;
  private final DataSet study;
  private final DataSet series;
  private final DataSet instance;
  private final PixelLayout layout;
  private final List<String> warnings;
  private final Optional<String> pixelRule;

  private Instance(
      TransferSyntax syntax, Gathering gathering, PixelLayout layout, List<String> warnings) {
    this.syntax = syntax;
    this.study = gathering.level(Levels.STUDY);
    this.series = gathering.level(Levels.SERIES);
    this.instance = gathering.level(Levels.INSTANCE);
    this.layout = layout;
    this.warnings = new ArrayList<>(warnings);
    this.pixelRule = PixelRules.check(layout, syntax, instance, this.warnings);
  }

  static Instance read(InputStream dataSet, TransferSyntax syntax)
      throws IOException, DicomException {
    PixelLayoutBuilder pixels = new PixelLayoutBuilder(syntax);
    DataSetReader reader = new DataSetReader(dataSet, syntax, ReadLimits.PEER).observedBy(pixels);
    Gathering gathering = new Gathering();
    ValueRules values = new ValueRules();
    for (Event event = reader.next(); event != Event.END; event = reader.next()) {
      gathering.saw(event, reader);
      values.saw(event, reader);
    }
    List<String> warnings = new ArrayList<>(reader.warnings());
    warnings.addAll(values.warnings());
    return new Instance(syntax, gathering, pixels.build(), warnings);
  }

  /// Why it can't be kept, if it can't.
  Optional<Refused> refusal(StoreRequest request) {
    Optional<Uid> sopClass = instance.uid(Tag.SOP_CLASS_UID);
    Optional<Uid> sopInstance = instance.uid(Tag.SOP_INSTANCE_UID);
    if (sopClass.equals(Optional.of(DICOMDIR)) || study.size() + series.size() == 2) {
      return Optional.of(NO_INSTANCE);
    }
    if (sopClass.isEmpty() || sopInstance.isEmpty()) {
      return refused(Reason.MALFORMED, "no SOP Class UID or SOP Instance UID, or none that is one");
    }
    if (study.uid(Tag.STUDY_INSTANCE_UID).isEmpty()) {
      return refused(Reason.MALFORMED, "no Study Instance UID, or none that is one");
    }
    if (series.uid(Tag.SERIES_INSTANCE_UID).isEmpty()) {
      return refused(Reason.MALFORMED, "no Series Instance UID, or none that is one");
    }
    if (differs(request.sopClass(), sopClass) || differs(request.sopInstance(), sopInstance)) {
      return refused(
          Reason.SOP_CLASS_MISMATCH, "SOP Class or Instance UID differs from the data set's");
    }
    if (differs(request.study(), study.uid(Tag.STUDY_INSTANCE_UID))) {
      return refused(Reason.MALFORMED, OTHER_STUDY);
    }
    return pixelRule.map(rule -> new Refused(Reason.MALFORMED, rule));
  }

  private static boolean differs(Optional<Uid> told, Optional<Uid> found) {
    return told.isPresent() && !told.equals(found);
  }

  private static Optional<Refused> refused(Reason reason, String rule) {
    return Optional.of(new Refused(reason, rule));
  }

  /// What identifies the referring physicians (0008,0096).
  List<DataSet> referring() {
    return study.items(Tag.REFERRING_PHYSICIAN_IDENTIFICATION_SEQUENCE);
  }

  /// Only of an instance without a [#refusal].
  InstanceUids uids() {
    return new InstanceUids(
        study.uid(Tag.STUDY_INSTANCE_UID).orElseThrow(),
        series.uid(Tag.SERIES_INSTANCE_UID).orElseThrow(),
        instance.uid(Tag.SOP_INSTANCE_UID).orElseThrow(),
        instance.uid(Tag.SOP_CLASS_UID).orElseThrow());
  }

  static InstanceUids uids(InstanceRow row) {
    return new InstanceUids(row.study(), row.series(), row.sopInstance(), row.sopClass());
  }

  /// @param meta File Meta Information of the file that it came in; empty if it came without
  List<String> warnings(DataSet meta, List<String> ofTheFile) {
    List<String> all = new ArrayList<>(ofTheFile);
    Optional<Uid> sopClass = meta.uid(Tag.MEDIA_STORAGE_SOP_CLASS_UID);
    Optional<Uid> sopInstance = meta.uid(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID);
    if (meta.size() > 0 && (sopClass.isEmpty() || sopInstance.isEmpty())) {
      all.add("file meta information without Media Storage SOP Class or Instance UID");
    }
    if (differs(sopClass, instance.uid(Tag.SOP_CLASS_UID))) {
      all.add("Media Storage SOP Class UID differs from the data set's, which counts");
    }
    if (differs(sopInstance, instance.uid(Tag.SOP_INSTANCE_UID))) {
      all.add("Media Storage SOP Instance UID differs from the data set's, which counts");
    }
    all.addAll(warnings);
    return List.copyOf(all);
  }

  Filing filing(SiteId site, long receivedMillis, Audit auditEntry) {
    return filing(site, receivedMillis, auditEntry, Optional.empty());
  }

  Filing filing(SiteId site, long receivedMillis, Audit auditEntry, Optional<Came> came) {
    InstanceUids uids = uids();
    return new Filing(
        site,
        new PatientRef(text(Tag.ISSUER_OF_PATIENT_ID), text(Tag.PATIENT_ID)),
        uids.study(),
        uids.series(),
        uids.sopInstance(),
        uids.sopClass(),
        syntax.uid(),
        layout.encode(),
        DataSets.encode(study),
        DataSets.encode(series),
        DataSets.encode(came.map(how -> how.in(instance)).orElse(instance)),
        terms(),
        receivedMillis,
        List.of(auditEntry));
  }

  private StudyTerms terms() {
    return new StudyTerms(
        groups(Tag.PATIENT_NAME),
        text(Tag.PATIENT_ID),
        text(Tag.ISSUER_OF_PATIENT_ID),
        text(Tag.PATIENT_BIRTH_DATE),
        text(Tag.PATIENT_SEX),
        text(Tag.STUDY_DATE),
        text(Tag.STUDY_TIME),
        text(Tag.ACCESSION_NUMBER),
        text(Tag.STUDY_ID),
        text(Tag.STUDY_DESCRIPTION),
        groups(Tag.REFERRING_PHYSICIAN_NAME),
        series.string(Tag.MODALITY).stream().toList());
  }

  private String text(int tag) {
    return study.string(tag).orElse("");
  }

  /// Component groups of a name that are not empty (PS3.5 §6.2, PN).
  private List<String> groups(int tag) {
    return Arrays.stream(text(tag).split("=", -1)).filter(group -> !group.isBlank()).toList();
  }
}
