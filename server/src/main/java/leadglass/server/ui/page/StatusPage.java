package leadglass.server.ui.page;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;
import leadglass.archive.KeyCustody;
import leadglass.archive.PackCare;
import leadglass.archive.Status;

/// How the archive is doing, in sentences.
public record StatusPage(List<Line> lines, List<Count> counts) implements Page {

  /// How bad it is; each has a word, colour alone says nothing.
  public enum Level {
    OK("ok", "OK"),
    WARN("warn", "Note"),
    BAD("bad", "Act now");

    private final String css;
    private final String word;

    Level(String css, String word) {
      this.css = css;
      this.word = word;
    }

    public String css() {
      return css;
    }

    public String word() {
      return word;
    }
  }

  /// One thing that can be well or not.
  ///
  /// @param act what to do; empty if nothing
  /// @param more address of the page that tells more; empty if there is none
  public record Line(Level level, String what, String state, String act, String more) {
    public Line(Level level, String what, String state, String act) {
      this(level, what, state, act, "");
    }

    Line more(String address) {
      return new Line(level, what, state, act, address);
    }
  }

  /// A number and what it counts.
  public record Count(String label, String value) {}

  /// @param keys where the master key lies
  public static StatusPage of(Status status, KeyCustody.State keys, ZoneId zone) {
    List<Line> lines = new ArrayList<>();
    lines.add(storing(status));
    lines.add(KeyLines.disk(keys));
    lines.add(KeyLines.place(keys, zone).more(KeyPage.ADDRESS));
    lines.add(KeyLines.sheets(keys, zone));
    lines.add(Copies.backup(status.copies()).more(CopiesPage.ADDRESS));
    lines.add(Copies.rehearsal(status.copies()));
    lines.add(packs(status.packs(), zone));
    DeviceLines.add(lines, status.devices());
    DeviceLines.add(lines, status.lanes());
    DutyLines.add(lines, status, zone);
    status.exposure().map(now -> exposure(now, zone)).ifPresent(lines::add);
    return new StatusPage(
        lines,
        List.of(
            new Count("Studies", Amount.number(status.studies())),
            new Count("Images and other objects", Amount.number(status.instances())),
            new Count("Kept", Amount.bytes(status.bytes())),
            new Count("Free on the disk", Amount.bytes(status.freeBytes())),
            new Count("People", Amount.number(status.people())),
            new Count("Devices", Amount.number(status.devices().count())),
            new Count("Open lanes", Amount.number(status.lanes().open()))));
  }

  private static Line exposure(Exposure.Standing now, ZoneId zone) {
    if (now.last().isEmpty()) {
      return new Line(
              Level.WARN,
              "Exposure: ?",
              "Nobody has looked yet what a stranger sees of the doors.",
              "It is looked a few minutes after the start; or now, on that page.")
          .more(ExposurePage.ADDRESS);
    }
    ExposureCheck last = now.last().get();
    Level level =
        switch (ExposurePage.css(last.grade())) {
          case "ok" -> now.old() ? Level.WARN : Level.OK;
          case "warn" -> Level.WARN;
          default -> Level.BAD;
        };
    return new Line(
            level,
            "Exposure: " + now.words(),
            "What a stranger sees of the doors, at "
                + Moment.instant(last.atMillis(), zone)
                + " from "
                + last.vantage()
                + ". "
                + last.why().map(why -> why + ".").orElse("Nothing is amiss."),
            "")
        .more(ExposurePage.ADDRESS);
  }

  private static Line storing(Status status) {
    if (status.readOnly()) {
      return new Line(
          Level.BAD,
          "Receiving",
          "A write to the disk failed. Nothing more is written; what was kept can be read.",
          "Check the disk, then stop and start the archive.");
    }
    if (!status.storing()) {
      return new Line(
          Level.BAD,
          "Receiving",
          "New images are refused: too little space is left on the disk. They wait on the devices.",
          "Free space or add a disk. Receiving goes on by itself.");
    }
    return new Line(Level.OK, "Receiving", "New images are taken.", "");
  }

  private static Line packs(PackCare.State packs, ZoneId zone) {
    if (packs.damages() > 0) {
      return new Line(
          Level.BAD,
          "Damaged on the disk",
          "Verifying found "
              + packs.damages()
              + " places that are not what was written. None of"
              + " these bytes is given out.",
          "Mend them from a backup: leadglass scrub --from BACKUP. Then have the disk looked at.");
    }
    if (packs.lastMillis() == 0) {
      return new Line(
          Level.OK, "Verifying", "What is kept is read and verified every night from now on.", "");
    }
    String last = "Last read " + Moment.instant(packs.lastMillis(), zone) + ".";
    return new Line(
        Level.OK,
        "Verified",
        packs.oldestMillis() == 0
            ? last + " Not all was read yet; that takes 30 nights."
            : last
                + " Everything was read since "
                + Moment.instant(packs.oldestMillis(), zone)
                + ".",
        "");
  }

  @Override
  public String title() {
    return "Status";
  }

  @Override
  public String here() {
    return "/status";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtestatusGenerated.render(out, tags, shell, this));
  }
}
