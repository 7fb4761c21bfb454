package leadglass.server.ui;

import java.io.IOException;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Query;
import leadglass.archive.Reach;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.ui.page.Correcting;
import leadglass.server.ui.page.StudyRow;

/// Finds the one line of a study, for who may see it.
record Lines(Archive archive, Place place) {
  Optional<StudyRow> find(Caller caller, Uid study) throws IOException {
    Query.Answer found = archive.query().search(caller, Finding.study(study));
    return found instanceof Query.Answer.Rows one && !one.rows().isEmpty()
        ? Optional.of(StudyRow.of(one.rows().getFirst(), place.today()))
        : Optional.empty();
  }

  /// The one line of a study, for who may put it right, of whatever day it is.
  Optional<StudyRow> toCorrect(Caller caller, Uid study) throws IOException {
    return archive.corrections().study(caller, study).map(row -> StudyRow.of(row, place.today()));
  }

  /// Where who came to put a study right goes back to: its page, if their role has it.
  String back(Caller caller, StudyRow row) {
    boolean listed =
        archive.gate().reach(caller, Verb.FIND) == Reach.EVERYTHING || row.day().equals("Today");
    return listed && row.uid().isPresent()
        ? "/studies/" + row.uid().get().value()
        : Correcting.ADDRESS;
  }
}
