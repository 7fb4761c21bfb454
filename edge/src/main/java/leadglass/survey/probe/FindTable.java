package leadglass.survey.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.survey.Counts;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Visit;
import leadglass.survey.dicom.Admitted;
import leadglass.survey.dicom.Context;
import leadglass.survey.dicom.NullMatch;

/// The decision table that the C-FIND probes share.
record FindTable(
    Decision lists,
    Decision anything,
    Decision rows,
    Decision refused,
    Decision failed,
    Decision noContext) {

  /// @param what would be listed: "studies"
  FindTable(String what) {
    this(
        Decision.open(
            Level.OPEN,
            "answers",
            "answers a stranger's question for " + what + ": whoever asks can list them"),
        Decision.cantTell(
            "answers-anything",
            "answers questions that mean nothing as if they did: a look-alike or a honeypot"),
        Decision.cantTell(
            "rows-for-nothing",
            "lists "
                + what
                + " that can't exist: a look-alike, or a server that ignores what is"
                + " asked; the rows were discarded unread"),
        Decision.closed("refuses", "refuses a stranger's question for " + what),
        Decision.cantTell("fails", "fails on a stranger's question for " + what),
        Decision.closed("no-context", "does not let a stranger ask for " + what));
  }

  List<Decision> decisions() {
    return List.of(lists, anything, rows, refused, failed, noContext);
  }

  List<Finding> ask(String probe, Visit visit, Context context) throws IOException {
    Optional<Admitted> admitted = visit.fact(Admitted.class);
    if (admitted.isEmpty()) {
      return List.of();
    }
    if (!admitted.get().contexts().contains(context)) {
      return List.of(new Finding(probe, noContext));
    }
    Decision decision =
        switch (NullMatch.find(visit, admitted.get(), context)) {
          case NONE -> NullMatch.answersAnything(visit, admitted.get(), context) ? anything : lists;
          case ROWS -> rows;
          case REFUSED -> refused;
          case FAILED -> failed;
        };
    Finding finding = new Finding(probe, decision);
    if (decision.equals(lists)) {
      visit.note(new Listing());
      return List.of(counted(visit, admitted.get(), context, finding));
    }
    return List.of(finding);
  }

  /// A fact: strangers can list what this archive has.
  record Listing() {}

  /// A fact: it was counted through this door.
  record Counted(Counts counts) {}

  /// Both roots count the same studies: the first one that answers does.
  private static Finding counted(Visit visit, Admitted admitted, Context context, Finding finding)
      throws IOException {
    boolean counts =
        visit.declared().countByQuery()
            && context != Context.WORKLIST_FIND
            && visit.fact(Counted.class).isEmpty();
    if (!counts) {
      return finding;
    }
    Counts made = NullMatch.count(visit, admitted, context);
    visit.note(new Counted(made));
    return finding.with(made);
  }
}
