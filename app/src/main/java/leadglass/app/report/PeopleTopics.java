package leadglass.app.report;

import static leadglass.app.report.Days.count;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import leadglass.archive.SecurityFacts;
import leadglass.archive.SecurityFacts.Person;

/// What speaks for the right people, and nobody else, coming in.
final class PeopleTopics {
  private static final int AWAY_DAYS = 90;
  private static final String ADMINISTRATOR = "administrator";
  private static final String AUDITOR = "auditor";

  private final SecurityFacts facts;
  private final List<Person> here;

  PeopleTopics(SecurityFacts facts) {
    this.facts = facts;
    this.here = facts.people().stream().filter(Person::enabled).toList();
  }

  Map<String, List<Finding>> all() {
    Map<String, List<Finding>> all = new LinkedHashMap<>();
    all.put("roles", roles());
    all.put("role-requests", List.of(requests()));
    all.put("factors", factors());
    all.put("recovery", List.of(recovery()));
    all.put("leavers", List.of(leavers()));
    all.put("unique-names", List.of(names()));
    all.put("duty", List.of(duty()));
    all.put("logoff", List.of(logoff()));
    all.put("passwords", List.of(passwords()));
    all.put("sign-ins", List.of(signIns()));
    all.put("state-record", List.of(stateRecord()));
    return all;
  }

  private long here(Predicate<Person> which) {
    return here.stream().filter(which).count();
  }

  private static Predicate<Person> holds(String role) {
    return person -> person.roles().contains(role);
  }

  private List<Finding> roles() {
    List<Finding> found = new ArrayList<>();
    long administrators = here(holds(ADMINISTRATOR));
    long auditors = here(holds(AUDITOR));
    long both = here(holds(ADMINISTRATOR).and(holds(AUDITOR)));
    found.add(
        Finding.supported(
            "Each of "
                + count(here.size(), "account", "accounts")
                + " reaches what its roles need, and wears one role at a time; administrators and"
                + " auditors see no images. Administrators: "
                + administrators
                + ", auditors: "
                + auditors
                + ", witnesses: "
                + here(holds("witness"))
                + "."));
    if (administrators < 2) {
      found.add(
          Finding.open(
              "There "
                  + (administrators == 1 ? "is one administrator" : "is no administrator")
                  + ": no second person, and no stand-in.",
              "leadglass user give NAME --role administrator"));
    }
    if (auditors == 0) {
      found.add(
          Finding.open(
              "Nobody holds the auditor's role: nobody reviews what was done.",
              "leadglass user give NAME --role auditor"));
    }
    if (both > 0) {
      found.add(
          Finding.open(
              count(both, "person holds", "persons hold")
                  + " the administrator's role and the auditor's, and may audit themselves.",
              "Give the auditor's role to somebody else."));
    }
    return found;
  }

  private Finding requests() {
    long provisional = here(person -> !person.provisional().isEmpty());
    long waiting = facts.rolesAsked() + facts.recoveriesAsked() + provisional;
    return waiting > 0
        ? Finding.open(
            "Waiting for somebody's word: "
                + count(facts.rolesAsked(), "role", "roles")
                + " asked for, "
                + count(facts.recoveriesAsked(), "recovery", "recoveries")
                + " of accounts, "
                + count(provisional, "person", "persons")
                + " given a role at the console.",
            "Confirm or stop them on the page of people.")
        : Finding.supported(
            "A role for oneself waits for another administrator, or three days where there is none;"
                + " one given at the console ends after a day unless its owner confirms it. Nothing"
                + " waits now.");
  }

  private List<Finding> factors() {
    List<Finding> found = new ArrayList<>();
    long two = here(Person::twoFactors);
    long provider = here(person -> person.provider() && !person.twoFactors());
    long none = here(person -> !person.provider() && !person.twoFactors());
    if (two > 0) {
      found.add(
          Finding.supported(
              two
                  + " of "
                  + count(here.size(), "enabled account", "enabled accounts")
                  + " can be opened by a password with a second factor or by a passkey, and in no"
                  + " other way of ours; with a passkey: "
                  + here(Person::passkey)
                  + "."));
    }
    if (provider > 0) {
      found.add(
          Finding.notKnown(
              count(provider, "account is", "accounts are")
                  + " opened by an identity provider's word. Which factors it asks for is not"
                  + " known here.",
              "Attach the provider's policy."));
    }
    if (none > 0 || here.isEmpty()) {
      found.add(
          Finding.notKnown(
              count(none, "enabled account has", "enabled accounts have")
                  + " no way to sign in yet.",
              ""));
    }
    return found;
  }

  private Finding recovery() {
    long without =
        here(holds(ADMINISTRATOR).and(person -> !person.recoveryCodes() && person.twoFactors()));
    long others = here(person -> person.twoFactors() && !person.recoveryCodes()) - without;
    if (without > 0) {
      return Finding.open(
          count(without, "administrator has", "administrators have") + " no recovery codes.",
          "They make them on their account's page.");
    }
    return Finding.supported(
        "Every administrator who signs in has recovery codes; others without: " + others + ".");
  }

  private Finding leavers() {
    long away =
        here(person ->
            person
                .lastSignInMillis()
                .filter(at -> Days.isOlder(at, AWAY_DAYS, facts.atMillis()))
                .isPresent());
    long left = facts.duty().stream().filter(row -> row.wrong().equals("owner left")).count();
    if (away > 0 || left > 0) {
      return Finding.open(
          count(away, "enabled account has", "enabled accounts have")
              + " not signed in for "
              + AWAY_DAYS
              + " days; rows of the register of duty whose owner left: "
              + left
              + ".",
          "Ask whether they still work here; leadglass user disable, leadglass duty set");
    }
    return Finding.supported(
        "Disabling an account ends its sessions and tokens at once. Disabled: "
            + (facts.people().size() - here.size())
            + "; enabled accounts that have been away for "
            + AWAY_DAYS
            + " days: 0.");
  }

  private Finding names() {
    return Finding.supported(
        "Every session, token ("
            + facts.tokens()
            + " work now) and device is of one named account or device, and each entry of the trail"
            + " names it.");
  }

  private Finding duty() {
    long red = facts.duty().stream().filter(row -> !row.wrong().isEmpty()).count();
    return red > 0
        ? Finding.open(
            red
                + " of "
                + count(facts.duty().size(), "row", "rows")
                + " in the register of duty have nobody who answers.",
            "leadglass duty list")
        : Finding.supported(
            "Somebody answers for each of "
                + count(facts.duty().size(), "row", "rows")
                + " in the register of duty: devices, copies, the key, shares.");
  }

  private Finding logoff() {
    return Finding.supported(
        "A session ends after "
            + facts.sessions().idleMinutes()
            + " minutes without a request, and after "
            + facts.sessions().longestHours()
            + " hours in any case.");
  }

  private Finding passwords() {
    return Finding.supported(
        "Passwords have "
            + facts.sessions().passwordCharsMin()
            + " characters at least; common words, names, rows of the keyboard and years do not"
            + " count. They are kept as Argon2id hashes alone.");
  }

  private static Finding signIns() {
    return Finding.supported(
        "Every sign-in and every refusal is in the trail; tries slow down by account and by"
            + " address.");
  }

  private static Finding stateRecord() {
    return Finding.supported(
        "Who may do what is written into the trail within a minute of each change.");
  }
}
