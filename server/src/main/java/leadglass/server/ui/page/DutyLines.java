package leadglass.server.ui.page;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Duty;
import leadglass.archive.Origin;
import leadglass.archive.Outside;
import leadglass.archive.Status;

/// What is said of ports that somebody forwards, and of what nobody answers for.
public final class DutyLines {
  private static final int TOLD = 3;
  private static final String CLOSE =
      "Take the forwarding of that port out of the router or firewall. What people outside shall see"
          + " goes through shares or a VPN.";

  private DutyLines() {}

  static void add(List<StatusPage.Line> lines, Status status, ZoneId zone) {
    Optional<Outside.Seen> outside = status.outside();
    if (outside.isPresent()) {
      lines.add(
          new StatusPage.Line(
              StatusPage.Level.BAD, "From outside", outside(outside.get(), zone), CLOSE));
    }
    if (!status.blocks().isEmpty()) {
      lines.add(
          new StatusPage.Line(
                  StatusPage.Level.WARN,
                  "Register of duty",
                  words(status.blocks()),
                  "Name somebody who is here: " + status.blocks().getFirst().act())
              .more("/duty"));
    }
  }

  /// In a sentence or two.
  public static String outside(Outside.Seen seen, ZoneId zone) {
    long web = seen.counts().getOrDefault(Origin.Door.PAGE, 0L);
    long dicom = seen.counts().getOrDefault(Origin.Door.DIMSE, 0L);
    String ports =
        web > 0 && dicom > 0
            ? "the HTTPS and the DICOM port"
            : web > 0 ? "the HTTPS port" : "the DICOM port";
    return "Somebody forwards "
        + ports
        + " to the internet: "
        + (seen.count() == 1 ? "1 connection" : Amount.number(seen.count()) + " connections")
        + " from outside since "
        + Moment.instant(seen.firstMillis(), zone)
        + ", the last "
        + Moment.instant(seen.lastMillis(), zone)
        + ". Each was closed before a byte of it was read.";
  }

  /// Why nothing may listen on a public address, the first few.
  public static String words(List<Duty.Block> blocks) {
    StringBuilder words =
        new StringBuilder("Not to be opened to a public address: ")
            .append(String.join("; ", blocks.stream().limit(TOLD).map(Duty.Block::why).toList()));
    if (blocks.size() > TOLD) {
      words.append("; and ").append(blocks.size() - TOLD).append(" more");
    }
    return words.append('.').toString();
  }
}
