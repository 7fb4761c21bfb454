package leadglass.server.ui;

import java.io.IOException;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Query;
import leadglass.dicom.data.Uid;
import leadglass.server.ui.page.StudyRow;

/// Finds the one line of a study, for who may see it.
record Lines(Archive archive, Place place) {
  Optional<StudyRow> find(Caller caller, Uid study) throws IOException {
    Query.Answer found = archive.query().search(caller, Finding.study(study));
    return found instanceof Query.Answer.Rows one && !one.rows().isEmpty()
        ? Optional.of(StudyRow.of(one.rows().getFirst(), place.today()))
        : Optional.empty();
  }
}
