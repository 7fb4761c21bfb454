package leadglass.server.ui.page;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;

/// Studies, newest first.
///
/// @param unverified of those, with something in them that came over a lane
/// @param total how many match altogether; exact up to [#TOTAL_EXACT_MAX], -1 if not counted
/// @param next cursor of the next page, if there is one
/// @param further whether this is not the first page
/// @param mayOpen whether images may be opened, not only listed
/// @param dayOnly whether the role reaches no further than today
/// @param mayCorrect whether the role may put right what was filed wrongly
/// @param error a sentence about what was typed; empty if it could be asked
public record Worklist(
    Filters filters,
    List<StudyRow> rows,
    Set<Uid> unverified,
    long total,
    Optional<String> next,
    boolean further,
    boolean mayOpen,
    boolean mayUpload,
    boolean dayOnly,
    boolean mayCorrect,
    String error)
    implements Page {

  static final long TOTAL_EXACT_MAX = 10_000;

  public boolean isUnverified(StudyRow row) {
    return row.uid().filter(unverified::contains).isPresent();
  }

  @Override
  public String title() {
    return "Worklist";
  }

  @Override
  public String here() {
    return "/studies";
  }

  public String counted() {
    if (total < 0) {
      return Amount.studies(rows.size()) + " on this page";
    }
    String count =
        total > TOTAL_EXACT_MAX
            ? "More than " + Amount.studies(TOTAL_EXACT_MAX)
            : Amount.studies(total);
    return filters.any() ? count + (total == 1 ? " matches" : " match") : count;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteworklistGenerated.render(out, tags, shell, this));
  }
}
