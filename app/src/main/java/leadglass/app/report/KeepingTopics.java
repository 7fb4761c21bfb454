package leadglass.app.report;

import static leadglass.app.report.Days.count;
import static leadglass.app.report.Days.day;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import leadglass.archive.SecurityFacts;

/// What speaks for the images being there tomorrow, and being noise to a thief.
final class KeepingTopics {
  private static final int READ_DAYS_MAX = 45;

  private final SecurityFacts facts;

  KeepingTopics(SecurityFacts facts) {
    this.facts = facts;
  }

  Map<String, List<Finding>> all() {
    Map<String, List<Finding>> all = new LinkedHashMap<>();
    all.put("concerns", whole(KeepingTopics::concerns));
    all.put("stolen-disk", whole(each -> stolen(each.key())));
    all.put("backup", whole(each -> backup(each.copies())));
    all.put("backup-apart", whole(each -> apart(each.copies())));
    all.put("rehearsal", whole(each -> rehearsal(each.copies())));
    all.put("key-copies", whole(each -> sheets(each.key())));
    all.put("key-rehearsal", whole(each -> sheetsTried(each.key())));
    all.put("packs", whole(each -> packs(each.packs())));
    all.put("storing", whole(each -> storing(each.holdings())));
    all.put("retention", List.of(retention(facts.lifecycle())));
    all.put("erasures", List.of(erasures(facts.lifecycle())));
    return all;
  }

  private List<Finding> whole(Function<SecurityFacts.Whole, Finding> finding) {
    return List.of(
        facts
            .whole()
            .map(finding)
            .orElseGet(() ->
                Finding.notKnown(
                    "It is of the whole archive, not of this site.",
                    "Ask whoever runs the archive for their report.")));
  }

  private static Finding concerns(SecurityFacts.Whole whole) {
    return whole.concerns().isEmpty()
        ? Finding.supported(
            "Of what the archive watches by itself (copies, rehearsals, place of the key) nothing"
                + " is amiss.")
        : Finding.open(
            count(whole.concerns().size(), "thing is", "things are")
                + " amiss of what the archive watches by itself (copies, rehearsals, place of the"
                + " key).",
            "See the open risks.");
  }

  private static Finding stolen(SecurityFacts.Key key) {
    if (key.beside()) {
      return Finding.grave(
          "Stolen disk: readable. The master key lies on the disk that holds the data.",
          "leadglass key rotate --to another medium, a passphrase, a token or a key service");
    }
    String held =
        switch (key.kind()) {
          case "passphrase" -> "It is sealed under a passphrase that is typed at each start.";
          case "token" -> "It is sealed by a key that does not leave a token (PKCS#11).";
          case "service" -> "It is sealed by a key that does not leave a key service.";
          default -> "It is a file on another medium; a thief of both reads everything.";
        };
    return Finding.supported("The master key does not lie on the disk with the data. " + held);
  }

  private static Finding backup(SecurityFacts.Copies copies) {
    String todo = "leadglass backup to another machine or medium, every night";
    if (copies.backupMillis().isEmpty()) {
      return Finding.grave(
          copies.sameDeviceMillis().isPresent()
              ? "The only backup shares a device with data or keys."
              : "There is no backup yet. A dead disk would take every image.",
          todo);
    }
    String last =
        "The last backup on another device was made on " + day(copies.backupMillis().get());
    return copies.old()
        ? Finding.grave(last + ", more than a week ago.", todo)
        : Finding.supported(last + ".");
  }

  private static Finding apart(SecurityFacts.Copies copies) {
    if (copies.backupMillis().isEmpty()) {
      return Finding.notKnown("There is no backup that could be out of reach.", "");
    }
    return copies.destroyable()
        ? Finding.open(
            "Whoever takes this machine over can destroy the last backup too.",
            "Back up to a bucket with object lock, or to media that are taken away.")
        : Finding.supported("This machine can't overwrite or delete the last backup.");
  }

  private static Finding rehearsal(SecurityFacts.Copies copies) {
    String todo = "leadglass backup rehearse";
    if (copies.rehearsedMillis().isEmpty()) {
      return Finding.open("Nobody has tried yet whether a backup brings everything back.", todo);
    }
    String last = "The last rehearsal of a restore was on " + day(copies.rehearsedMillis().get());
    if (!copies.rehearsedWell()) {
      return Finding.grave(last + ", and not everything came back.", todo);
    }
    return copies.rehearsalOld()
        ? Finding.open(last + ", more than 90 days ago.", todo)
        : Finding.supported(last + ", and everything came back.");
  }

  private static Finding sheets(SecurityFacts.Key key) {
    return key.sheetsMillis()
        .map(at ->
            Finding.supported(
                "Three sheets, two of which give the master key back, were made on "
                    + day(at)
                    + "."))
        .orElseGet(() ->
            Finding.open(
                "No set of three sheets was made of the present master key. Whether the recovery"
                    + " sheet of set-up still exists, nothing here can tell.",
                "leadglass key escrow; keep each sheet at another place"));
  }

  private static Finding sheetsTried(SecurityFacts.Key key) {
    return key.sheetsTriedMillis()
        .map(at -> Finding.supported("Two sheets of the key were tried on " + day(at) + "."))
        .orElseGet(() ->
            Finding.open(
                "Nobody has tried yet whether two sheets give the present master key back.",
                "leadglass key rehearse"));
  }

  private Finding packs(SecurityFacts.Packs packs) {
    if (packs.damages() > 0) {
      return Finding.grave(
          count(packs.damages(), "place", "places") + " in the stored images can't be read.",
          "leadglass scrub --from BACKUP; have the disk looked at");
    }
    if (packs.count() == 0) {
      return Finding.notKnown("Nothing is stored yet that could be verified.", "");
    }
    if (packs.oldestMillis() == 0) {
      return Finding.open(
          "Not everything that is stored was verified yet; each night reads a part.",
          "leadglass scrub reads all of it now");
    }
    String oldest = day(packs.oldestMillis());
    return Days.isOlder(packs.oldestMillis(), READ_DAYS_MAX, facts.atMillis())
        ? Finding.open(
            "Something that is stored was last verified on " + oldest + ".",
            "leadglass scrub; leave the machine on at night")
        : Finding.supported(
            "Every seal over what is stored was verified since " + oldest + "; none is broken.");
  }

  private static Finding storing(SecurityFacts.Holdings now) {
    if (now.readOnly()) {
      return Finding.grave(
          "A write has failed: the archive takes nothing in.", "Look at the disk, then restart.");
    }
    return now.storing()
        ? Finding.supported("The archive takes images in; what is acknowledged is on the disk.")
        : Finding.grave("The archive takes nothing in: the disk is full.", "Make room.");
  }

  private static Finding retention(SecurityFacts.Lifecycle now) {
    String holds = count(now.holds(), "legal hold is", "legal holds are") + " in force.";
    return now.retention().isEmpty()
        ? Finding.open("No rule says how long images are kept. " + holds, "leadglass retention set")
        : Finding.supported(
            count(now.retention().size(), "rule says", "rules say")
                + " how long images are kept. "
                + holds);
  }

  private static Finding erasures(SecurityFacts.Lifecycle now) {
    return Finding.supported(
        "An erasure takes two people and "
            + count(now.graceDays(), "day", "days")
            + " of grace, and destroys the key of what is erased. Done: "
            + now.erasuresDone()
            + "; waiting: "
            + (now.erasuresAsked() + now.erasuresConfirmed())
            + ", of which something keeps "
            + now.erasuresKept()
            + ".");
  }
}
