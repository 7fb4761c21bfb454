package leadglass.server.ui.page;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Safekeeping;
import leadglass.server.ui.page.StatusPage.Level;
import leadglass.server.ui.page.StatusPage.Line;

/// Backups in other places, and copies of the keys.
///
/// @param lines what is well with them and what is not
/// @param backups the newest first
/// @param keys likewise
public record CopiesPage(List<Line> lines, Slice<Backup> backups, List<KeyCopy> keys)
    implements Page {

  public static final String ADDRESS = "/status/copies";

  /// A list of them goes with every certificate too.
  private static final int KEYS_SHOWN_MAX = 200;

  /// A backup.
  ///
  /// @param rehearsed when somebody last tried to restore it, and what came back
  /// @param wrong what did not, in sentences
  public record Backup(
      String made,
      String place,
      String bytes,
      String images,
      boolean destroyable,
      boolean sameDevice,
      Level level,
      String rehearsed,
      List<String> wrong) {}

  /// A copy of the key store.
  ///
  /// @param there whether it still exists, as far as anybody said
  public record KeyCopy(String made, String place, boolean there, String state) {}

  /// @param from how many backups are left out, as it stands in an address
  public static CopiesPage of(
      Safekeeping.Last last, Safekeeping.Copies copies, String from, ZoneId zone) {
    return new CopiesPage(
        List.of(Copies.backup(last), Copies.rehearsal(last)),
        Slice.of(copies.backups(), ADDRESS, from).as(each -> backup(each, zone)),
        copies.keys().stream().limit(KEYS_SHOWN_MAX).map(each -> keyCopy(each, zone)).toList());
  }

  private static Backup backup(Safekeeping.Backup of, ZoneId zone) {
    Optional<Safekeeping.Rehearsed> tried = of.rehearsed();
    return new Backup(
        Moment.instant(of.atMillis(), zone),
        Shown.text(of.place()),
        Amount.bytes(of.bytes()),
        Amount.of(of.instances(), "image"),
        of.destroyable(),
        of.sameDevice(),
        tried.map(each -> each.good() ? Level.OK : Level.BAD).orElse(Level.WARN),
        tried
            .map(each ->
                Moment.instant(each.atMillis(), zone)
                    + (each.good() ? ": everything came back" : ": not everything came back"))
            .orElse("never"),
        tried.map(Safekeeping.Rehearsed::wrong).orElse(List.of()));
  }

  private static KeyCopy keyCopy(Safekeeping.KeyCopy of, ZoneId zone) {
    boolean there = of.state().equals("present");
    return new KeyCopy(
        Moment.instant(of.atMillis(), zone), Shown.text(of.place()), there, of.state());
  }

  @Override
  public String title() {
    return "Copies";
  }

  @Override
  public String here() {
    return "/status";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtecopiesGenerated.render(out, tags, shell, this));
  }
}
