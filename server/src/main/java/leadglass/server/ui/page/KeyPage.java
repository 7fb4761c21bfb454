package leadglass.server.ui.page;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import leadglass.archive.KeyCustody;
import leadglass.server.ui.page.StatusPage.Line;

/// Where the master key lies and lay, and the sheets that give it back. No secret stands here.
///
/// @param places where it lay, the newest first
/// @param sets sheets that were made, the newest first
/// @param rehearsed when two sheets were last tried; empty if nobody has
public record KeyPage(List<Line> lines, List<Laid> places, List<Sheets> sets, String rehearsed)
    implements Page {

  public static final String ADDRESS = "/status/key";

  /// A place of the key.
  ///
  /// @param readable whether a thief of the disk had it too
  public record Laid(String since, String place, boolean readable, String by) {}

  /// A set of three sheets.
  ///
  /// @param opens whether two of them open the archive today
  public record Sheets(String made, String set, String by, boolean opens) {}

  public static KeyPage of(KeyCustody.State keys, ZoneId zone) {
    List<Laid> places = new ArrayList<>();
    for (KeyCustody.Place place : keys.history().reversed()) {
      places.add(
          new Laid(
              Moment.instant(place.sinceMillis(), zone),
              Shown.text(place.words()),
              place.beside(),
              place.by()));
    }
    List<Sheets> sets = new ArrayList<>();
    for (KeyCustody.SheetSet set : keys.sets().reversed()) {
      sets.add(
          new Sheets(Moment.instant(set.madeMillis(), zone), set.set(), set.by(), set.opens()));
    }
    return new KeyPage(
        List.of(KeyLines.disk(keys), KeyLines.place(keys, zone), KeyLines.sheets(keys, zone)),
        places,
        sets,
        keys.rehearsedMillis().map(at -> Moment.instant(at, zone)).orElse(""));
  }

  @Override
  public String title() {
    return "Master key";
  }

  @Override
  public String here() {
    return "/status";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtekeyGenerated.render(out, tags, shell, this));
  }
}
