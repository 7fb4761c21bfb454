package leadglass.app.system;

import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import leadglass.archive.Role;

/// The deeds of a year: some in the beginning, some that have to be, each with what it leads to,
/// and as many more that are drawn, all of them in an order that is drawn.
final class YearScript {
  /// What was made on the first day lasts a year.
  private static final LocalDate LAST = LocalDate.of(2025, 12, 20);

  private static final int LOOKS = 60;
  private static final List<Role> ROLES = List.of(Role.values());
  private static final List<YearLooks.Ask> ASKS = List.of(YearLooks.Ask.values());

  private final YearClinic clinic;
  private final Random random;
  private final YearLooks looks;
  private final YearMachines machines;
  private final YearHouse house;
  private final YearOutside outside;
  private final YearConsole console;
  private final List<Deed> deeds = new ArrayList<>();
  private int done;

  @FunctionalInterface
  private interface Doing {
    void run() throws IOException;
  }

  private record Deed(String name, Doing doing) {}

  YearScript(YearClinic clinic) throws IOException {
    this.clinic = clinic;
    this.random = clinic.random;
    Map<Role, YearPerson> people = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      people.put(role, new YearPerson(clinic, role));
    }
    looks = new YearLooks(clinic, people);
    machines = new YearMachines(clinic, looks);
    house = new YearHouse(clinic, looks, machines);
    outside = new YearOutside(clinic, looks);
    console = new YearConsole(clinic, looks);
  }

  YearOutside outside() {
    return outside;
  }

  int done() {
    return done;
  }

  void play() throws IOException {
    begin();
    write();
    Collections.shuffle(deeds, random);
    deed("brakes", house::isBraked); // 14 days after the first look at the earliest
    deeds.forEach(this::run);
  }

  private void run(Deed deed) {
    try {
      deed.doing().run();
    } catch (IOException | RuntimeException | AssertionError e) {
      throw new AssertionError("deed " + done + ", " + deed.name(), e);
    }
    done++;
    long days = ChronoUnit.DAYS.between(LocalDate.now(clinic.clock), LAST);
    long apart = 2 * days / Math.max(1, deeds.size() - done) - 1;
    clinic.nextDay(1 + random.nextInt(Math.clamp(apart, 1, 5)));
  }

  /// Passkeys, tokens, a study of each patient, and a patient who is invited.
  private void begin() throws IOException {
    for (Role role : Role.values()) {
      looks.person(role).addPasskey();
    }
    clinic.nextDay(1);
    for (Role role : Role.values()) {
      looks.token(role);
    }
    clinic.nextDay(1);
    for (int patient = 0; patient < YearClinic.PATIENTS; patient++) {
      machines.sends(Premises.CT1, patient);
    }
    clinic.nextDay(1);
    looks.look(Role.RADIOLOGIST, "", YearLooks.Ask.PREVIEW, clinic.studyOf(0), false);
    outside.invite(clinic.studyOf(0));
    clinic.nextDay(1);
  }

  private void deed(String name, Doing doing) {
    deeds.add(new Deed(name, doing));
  }

  private Made study() {
    return clinic.studies.get(random.nextInt(clinic.studies.size()));
  }

  /// One of the patient's who reads the page.
  private Made theirs() {
    List<Made> all =
        clinic.studies.stream()
            .filter(each -> each.patient().equals(YearClinic.patient(0)))
            .toList();
    return all.get(random.nextInt(all.size()));
  }

  private void write() {
    everybodyLooks();
    everythingIsStored();
    for (YearOutside.End end : YearOutside.End.values()) {
      deed("link", () -> outside.link(theirs(), true, end));
      deed("link to look", () -> outside.link(study(), false, end));
    }
    deed("patient", () -> outside.seesTheirOwn(theirs(), clinic.studyOf(1)));
    deed("patient", () -> outside.seesTheirOwn(theirs(), clinic.studyOf(2)));
    deed("deletion undone", house::deletesAndBringsBack);
    deed("deletion", house::deletes);
    deed("merge", house::merges);
    deed("hold", house::holds);
    deed("erasure", house::asksForAnErasure);
    deed("emergency", () -> house.breaksTheGlass(theirs()));
    deed("emergency", () -> house.breaksTheGlass(study()));
    deed("hat", house::wearsAnotherHat);
    deed("role", house::givesARole);
    deed("referrer", () -> house.givesToAReferrer(theirs()));
    deed("referrer", () -> house.givesToAReferrer(study()));
    deed("quarantine", house::keepsApart);
    deed("worklist", () -> house.readsTheWorklist(theirs()));
    deed("around", house::looksAround);
    deed("audits", house::audits);
    deed("console lists", console::lists);
    deed("console asks", console::asksTheTrail);
    deed("console deletes", () -> console.deletes(machines.stows(Role.RADIOLOGIST, 7)));
    deed("report", console::reports);
    deed("console rules", console::setsRules);
    deed("console upkeep", console::keepsHouse);
    deed("console people", console::invitesAndTakesBack);
    deed("token", console::makesATokenAndRevokesIt);
    deed("joining", () -> console.comesAndGoes("nora"));
    for (int i = 0; i < LOOKS; i++) {
      deed("look", this::somebodyLooks);
    }
  }

  private void everybodyLooks() {
    for (Role role : Role.values()) {
      deed("looks of " + role, () -> looks.all(role, "", theirs(), false));
      deed(
          "looks of " + role,
          () -> looks.all(role, looks.person(role).byPasskey(), study(), false));
    }
    for (Role role : List.of(Role.TECHNOLOGIST, Role.FRONT_DESK)) {
      deed("today's looks of " + role, () -> looks.all(role, "", stored(), true));
      deed(
          "today's looks of " + role,
          () -> looks.all(role, looks.person(role).byPasskey(), stored(), true));
    }
  }

  private Made stored() throws IOException {
    return machines.stows(Role.TECHNOLOGIST, random.nextInt(3));
  }

  private void everythingIsStored() {
    for (Role role : List.of(Role.RADIOLOGIST, Role.TECHNOLOGIST, Role.FRONT_DESK)) {
      deed("program of " + role, () -> machines.stows(role, random.nextInt(3)));
      deed("upload of " + role, () -> machines.uploads(role, random.nextInt(3)));
    }
    deed("no store", machines::mayNotStore);
    deed("C-STORE", () -> machines.sends(Premises.CT2, random.nextInt(4)));
    deed("C-STORE", () -> machines.sends(Premises.CT1, random.nextInt(4)));
    deed("impostors", machines::areNotLetIn);
    deed("device revoked", machines::isRevoked);
    deed("station", () -> new YearStation(clinic).reads(clinic.studyOf(1)));
    deed("planned", () -> new YearPlanned(clinic, looks).isDone());
    deed("lanes", () -> new YearLane(clinic, looks).comesAndGoes());
    deed("import", () -> machines.imports(random.nextInt(3)));
  }

  /// Whoever, by whichever door, at whatever.
  private void somebodyLooks() throws IOException {
    Role role = ROLES.get(random.nextInt(ROLES.size()));
    boolean byToken = random.nextBoolean();
    YearLooks.Ask ask = ASKS.get(random.nextInt(ASKS.size()));
    Made study = random.nextInt(3) == 0 ? study() : theirs();
    String cookie = "";
    if (!byToken) {
      YearPerson person = looks.person(role);
      cookie = random.nextInt(8) == 0 ? person.byPassword() : person.byPasskey();
    }
    looks.look(role, cookie, ask, study, false);
  }
}
