package leadglass.server.ui;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Concern;
import leadglass.archive.ConsoleActs;
import leadglass.archive.Duty;
import leadglass.archive.Erasures;
import leadglass.archive.Firsts;
import leadglass.archive.Lanes;
import leadglass.archive.Outside;
import leadglass.archive.Recoveries;
import leadglass.archive.Roles;
import leadglass.archive.Status;
import leadglass.archive.Verb;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.CopiesPage;
import leadglass.server.ui.page.DutyLines;
import leadglass.server.ui.page.ExposurePage;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.ReviewsPage;
import leadglass.server.ui.page.Shell.Strip;

/// What stands above the page somebody lands on: what they have to see to, and what everybody is
/// told.
final class Strips {

  /// A strip is read in passing; the page behind it tells all.
  private static final int TOLD = 3;

  private static final int WEEK = 7;

  private final Archive archive;
  private final Place place;

  Strips(Archive archive, Place place) {
    this.archive = archive;
    this.place = place;
  }

  List<Strip> of(Caller caller) {
    List<Strip> strips = new ArrayList<>();
    recoveries(caller).ifPresent(strips::add);
    outside(caller).ifPresent(strips::add);
    exposure(caller).ifPresent(strips::add);
    lanes(caller).ifPresent(strips::add);
    concerns(caller).ifPresent(strips::add);
    status(caller).ifPresent(now -> add(strips, now));
    acts(caller).ifPresent(strips::add);
    roles(caller).ifPresent(strips::add);
    erasures(caller).ifPresent(strips::add);
    emergencies(caller).ifPresent(strips::add);
    questions(caller).ifPresent(strips::add);
    reviews(caller).ifPresent(strips::add);
    witness(caller).ifPresent(strips::add);
    firsts(caller).ifPresent(strips::add);
    locked(caller).ifPresent(strips::add);
    return strips;
  }

  /// For whoever made a link that somebody guessed at.
  private Optional<Strip> locked(Caller caller) {
    int links = archive.shareLinks().locked(caller);
    String address = may(caller, Verb.UNSHARE) ? "/shares" : "";
    return links == 0
        ? Optional.empty()
        : Optional.of(
            new Strip(
                false, Amount.of(links, "link") + " of yours locked by wrong passcodes.", address));
  }

  /// For administrators and auditors: who did lately what they never did before.
  private Optional<Strip> firsts(Caller caller) {
    List<Firsts.First> firsts = archive.firsts().recent(caller);
    if (firsts.isEmpty()) {
      return Optional.empty();
    }
    StringJoiner words = new StringJoiner("; ", "For the first time ever: ", ".");
    firsts.stream()
        .limit(TOLD)
        .forEach(each ->
            words.add(
                each.subject()
                    + " "
                    + each.pattern().words()
                    + ", "
                    + Moment.instant(each.atMillis(), place.zone())));
    if (firsts.size() > TOLD) {
      words.add("and " + (firsts.size() - TOLD) + " more");
    }
    return Optional.of(new Strip(false, words.toString(), ""));
  }

  /// For administrators and auditors: who opened a patient beyond their role.
  private Optional<Strip> emergencies(Caller caller) {
    long count = archive.emergencies().toReview(caller);
    String address = may(caller, Verb.READ_AUDIT) ? "/emergencies" : "";
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Strip(
                true,
                (count == 1 ? "1 emergency access is" : count + " emergency accesses are")
                    + " to be reviewed by an auditor.",
                address));
  }

  /// For auditors: what patients asked.
  private Optional<Strip> questions(Caller caller) {
    long count = archive.patientTasks().toAnswer(caller);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Strip(
                false,
                (count == 1
                        ? "1 question of a patient waits"
                        : count + " questions of patients wait")
                    + " for an answer.",
                TaskPages.ADDRESS));
  }

  /// For auditors: weeks that nobody signed off; for administrators, once that is long ago.
  private Optional<Strip> reviews(Caller caller) {
    long open = archive.auditDesk().reviews().open(caller);
    long overdue = archive.auditDesk().reviews().overdue(caller);
    String address = may(caller, Verb.READ_AUDIT) ? ReviewsPage.ADDRESS : "";
    String late = overdue == 0 ? "" : " " + overdue + " for longer than 14 days.";
    return open == 0 && overdue == 0
        ? Optional.empty()
        : Optional.of(
            new Strip(
                overdue > 0,
                Amount.of(Math.max(open, overdue), "week")
                    + " not signed off by an auditor."
                    + late,
                address));
  }

  /// For whoever may be a witness of an auditor's own deeds.
  private Optional<Strip> witness(Caller caller) {
    long count = archive.auditDesk().reviews().toWitness(caller);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Strip(false, Amount.of(count, "weekly review") + " to be witnessed.", "/reviews"));
  }

  /// For everybody of the house: a lane whose last day is over is still sent to, or will be missed
  /// soon.
  private Optional<Strip> lanes(Caller caller) {
    Optional<Lanes.Summary> seen = archive.lanes().seen(caller);
    boolean administers = may(caller, Verb.ADMINISTER);
    String address = administers ? "/devices" : "";
    if (seen.isPresent() && seen.get().ended() > 0) {
      return Optional.of(
          new Strip(
              true,
              Amount.of(seen.get().ended(), "lane")
                  + " past its last day: what comes over it waits in quarantine, and after 14 days"
                  + " nothing is taken any more.",
              address));
    }
    return seen.filter(now -> administers && now.endSoon() > 0).map(now -> soon(now, address));
  }

  private Strip soon(Lanes.Summary now, String address) {
    long days =
        Duration.ofMillis(now.soonestMillis().orElse(0L) - place.clock().millis()).toDays() + 1;
    return new Strip(
        days <= WEEK,
        Amount.of(now.endSoon(), "lane")
            + (now.endSoon() == 1 ? " ends within " : ", the first of them ends within ")
            + (days <= 1 ? "a day." : days + " days."),
        address);
  }

  private boolean may(Caller caller, Verb verb) {
    return archive.gate().permits(caller, verb);
  }

  private Optional<Status> status(Caller caller) {
    return archive.status(caller);
  }

  private static void add(List<Strip> strips, Status now) {
    int near = now.devices().endSoon() + now.devices().ended();
    if (near > 0) {
      String words =
          now.devices().ended() > 0
              ? Amount.of(now.devices().ended(), "device")
                  + " can't send, or only into quarantine: the certificate ended. "
              : "";
      String soon =
          now.devices().endSoon() > 0
              ? Amount.of(now.devices().endSoon(), "device")
                  + " can't send any more within 30 days, unless renewed."
              : "";
      strips.add(new Strip(true, (words + soon).strip(), "/devices"));
    }
    List<Duty.Block> blocks = now.blocks();
    if (!blocks.isEmpty()) {
      strips.add(new Strip(false, DutyLines.words(blocks), SecondPersonPages.DUTY));
    }
  }

  /// For everybody: somebody's account is about to change hands, rightly or not.
  private Optional<Strip> recoveries(Caller caller) {
    List<Recoveries.Asked> asked = archive.recoveries().list(caller);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    StringJoiner words = new StringJoiner(" ");
    asked.stream()
        .limit(TOLD)
        .forEach(each ->
            words.add(
                each.account()
                    + " is said to have lost everything they sign in with; asked at the console by "
                    + each.askedBy()
                    + each.dueMillis()
                        .filter(_ -> each.confirmedBy().isEmpty())
                        .map(due ->
                            ", and needs nobody's word from " + Moment.instant(due, place.zone()))
                        .orElse("")
                    + "."));
    more(words, asked.size());
    if (caller instanceof Caller.Person person
        && asked.stream().anyMatch(each -> each.account().equals(person.name()))) {
      return Optional.of(
          new Strip(
              true, words + " If that is not so, stop it on your account's page.", "/account"));
    }
    words.add("If you know that it is not so, tell an administrator.");
    String address = may(caller, Verb.ADMINISTER) ? SecondPersonPages.ADDRESS : "";
    return Optional.of(new Strip(true, words.toString(), address));
  }

  private static void more(StringJoiner words, int count) {
    if (count > TOLD) {
      words.add("And " + (count - TOLD) + " more.");
    }
  }

  private Optional<Strip> outside(Caller caller) {
    Optional<Outside.Seen> seen = archive.outside().seen(caller);
    return seen.map(now ->
        new Strip(
            true,
            DutyLines.outside(now, place.zone()),
            may(caller, Verb.ADMINISTER) ? "/status" : ""));
  }

  /// For administrators and auditors: a stranger sees more than before.
  private Optional<Strip> exposure(Caller caller) {
    String address = may(caller, Verb.EXPOSURE) ? ExposurePage.ADDRESS : "";
    return archive
        .securityEvidence()
        .exposure()
        .drop(caller)
        .map(drop ->
            new Strip(
                true,
                "What a stranger sees of this archive has become worse: exposure grade "
                    + drop.to()
                    + ", before "
                    + drop.from()
                    + ", found "
                    + Moment.instant(drop.atMillis(), place.zone())
                    + ".",
                address));
  }

  /// For whoever administers: what a thief, a fire or a dead disk would find.
  private Optional<Strip> concerns(Caller caller) {
    List<Concern> concerns = archive.concerns(caller);
    if (concerns.isEmpty()) {
      return Optional.empty();
    }
    if (!may(caller, Verb.OPERATE)) {
      String words =
          "Backups or the master key need you. Change into the administrator's role to see why.";
      return Optional.of(new Strip(true, words, ""));
    }
    StringJoiner words = new StringJoiner(" ");
    concerns.stream().limit(TOLD).map(Concern::words).forEach(words::add);
    more(words, concerns.size());
    return Optional.of(new Strip(true, words.toString(), CopiesPage.ADDRESS));
  }

  /// For whoever administers, in whatever hat.
  private Optional<Strip> acts(Caller caller) {
    List<ConsoleActs.Seen> acts = archive.consoleActs().list(caller);
    if (acts.isEmpty()) {
      return Optional.empty();
    }
    StringJoiner words = new StringJoiner("; ", "At the console: ", ".");
    acts.stream().limit(TOLD).forEach(each -> words.add(each.osUser() + ", " + each.what()));
    if (acts.size() > TOLD) {
      words.add("and " + (acts.size() - TOLD) + " more");
    }
    String address = may(caller, Verb.ADMINISTER) ? SecondPersonPages.CONSOLE : "";
    return Optional.of(new Strip(false, words.toString(), address));
  }

  /// For everybody.
  private Optional<Strip> roles(Caller caller) {
    List<Roles.Request> asked = archive.roles().requests(caller);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    StringJoiner words = new StringJoiner(" ");
    asked.stream()
        .limit(TOLD)
        .forEach(each ->
            words.add(
                each.account()
                    + " is to get a role of their own asking: "
                    + Hat.of(each.role()).label()
                    + each.dueMillis()
                        .map(due ->
                            ", from "
                                + Moment.instant(due, place.zone())
                                + " unless it is taken back")
                        .orElse(", once another administrator confirms it")
                    + "."));
    more(words, asked.size());
    String address = may(caller, Verb.ADMINISTER) ? SecondPersonPages.ADDRESS : "";
    return Optional.of(new Strip(false, words.toString(), address));
  }

  /// For everybody: how many erasures, not of whom.
  private Optional<Strip> erasures(Caller caller) {
    Erasures.Pending pending = archive.erasures().pending(caller);
    StringJoiner words = new StringJoiner(" ");
    if (pending.asked() > 0) {
      words.add(Amount.of(pending.asked(), "erasure") + " asked for: a second person is needed.");
    }
    if (pending.confirmed() > 0) {
      String first =
          pending
              .firstDueMillis()
              .map(due -> ", not before " + Moment.day(due, place.zone()))
              .orElse("");
      words.add(Amount.of(pending.confirmed(), "patient") + " to be erased for ever" + first + ".");
    }
    String address = may(caller, Verb.CONFIRM) ? "/erasures" : "";
    return words.length() == 0
        ? Optional.empty()
        : Optional.of(new Strip(false, words.toString(), address));
  }
}
