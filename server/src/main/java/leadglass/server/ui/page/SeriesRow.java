package leadglass.server.ui.page;

import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;

/// A series of a study.
///
/// @param images -1 if not known
public record SeriesRow(
    Optional<Uid> uid, String number, String modality, String description, int images) {

  public static SeriesRow of(DataSet row) {
    return new SeriesRow(
        row.uid(Tag.SERIES_INSTANCE_UID),
        StudyRow.shown(row, Tag.SERIES_NUMBER),
        StudyRow.shown(row, Tag.MODALITY),
        StudyRow.shown(row, Tag.SERIES_DESCRIPTION),
        row.integer(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES).orElse(-1));
  }

  /// By number, those without one last.
  public int order() {
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
  }

  /// Never the values.
  @Override
  public String toString() {
    return "SeriesRow[]";
  }
}
