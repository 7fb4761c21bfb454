package leadglass.app.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;
import leadglass.testkit.Corpus;
import leadglass.testkit.RawFile;

/// A sound file of the corpus that belongs to a study. Its bytes stay on the disk.
record Sample(
    Corpus.Row row, String syntax, String study, String series, String instance, String sopClass) {
  private static final int UID_BYTES_MAX = 256;

  /// All there are, in rounds: within one, no SOP Instance UID occurs twice.
  static List<List<Sample>> rounds(Corpus corpus) throws IOException {
    List<List<Sample>> rounds = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Corpus.Row row : corpus.rows()) {
      if (!row.expected().equals("ok")) {
        continue;
      }
      Sample sample = of(row);
      if (sample.study.isEmpty() || sample.series.isEmpty() || sample.instance.isEmpty()) {
        continue;
      }
      int round = seen.merge(sample.instance, 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(round).add(sample);
    }
    return rounds;
  }

  static Sample of(Corpus.Row row) throws IOException {
    RawFile file = RawFile.of(row.bytes());
    DataSet uids = uids(file.dataSet(), syntax(file.transferSyntax()));
    return new Sample(
        row,
        file.transferSyntax(),
        uid(uids, Tag.STUDY_INSTANCE_UID),
        uid(uids, Tag.SERIES_INSTANCE_UID),
        uid(uids, Tag.SOP_INSTANCE_UID),
        uid(uids, Tag.SOP_CLASS_UID));
  }

  static TransferSyntax syntax(String uid) {
    return Uid.parse(uid)
        .flatMap(Uids::transferSyntax)
        .orElse(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
  }

  private static String uid(DataSet dataSet, int tag) {
    return dataSet.uid(tag).map(Uid::value).orElse("");
  }

  /// As far as it can be read.
  private static DataSet uids(byte[] dataSet, TransferSyntax syntax) throws IOException {
    try {
      return DataSets.read(
          new DataSetReader(new ByteArrayInputStream(dataSet), syntax, ReadLimits.PEER),
          UID_BYTES_MAX,
          tag ->
              tag == Tag.STUDY_INSTANCE_UID
                  || tag == Tag.SERIES_INSTANCE_UID
                  || tag == Tag.SOP_INSTANCE_UID
                  || tag == Tag.SOP_CLASS_UID);
    } catch (DicomException _) {
      return DataSet.EMPTY;
    }
  }

  RawFile file() {
    return RawFile.of(row.bytes());
  }

  /// Where it can be fetched.
  String address() {
    return "/dicomweb/studies/" + study + "/series/" + series + "/instances/" + instance;
  }

  /// Whether it leaves as it came.
  boolean isGivenAsStored() {
    TransferSyntax stored = syntax(syntax);
    return stored.explicitVr() && !stored.bigEndian();
  }

  @Override
  public String toString() {
    return row.path();
  }
}
