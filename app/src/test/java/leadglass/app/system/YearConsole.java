package leadglass.app.system;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import leadglass.archive.Act;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.Role;

/// What the console does, and who comes and goes.
final class YearConsole {
  private final YearClinic clinic;
  private final YearLooks looks;
  private final YearLedger ledger;
  private final YearEntry.Who console = YearClinic.consoleUser();
  private int versions;
  private final YearEntry.Who stranger = YearEntry.Who.stranger(Origin.Door.PAGE);

  YearConsole(YearClinic clinic, YearLooks looks) {
    this.clinic = clinic;
    this.looks = looks;
    this.ledger = clinic.ledger;
  }

  /// Lists that name no patient are no entries.
  void lists() throws IOException {
    clinic.console(0, "status");
    clinic.console(0, "user", "list");
    clinic.console(0, "token", "list");
    clinic.console(0, "device", "list");
    clinic.console(0, "share", "list");
    clinic.console(0, "patient", "accounts");
    clinic.console(0, "hold", "list");
    clinic.console(0, "retention", "show");
    clinic.console(0, "key", "status");
  }

  void asksTheTrail() throws IOException {
    clinic.console(0, "audit", "disclosures", "--patient", "YEAR-0");
    ledger.expect(console, Act.LOG_USED, "accounting of disclosures");
    clinic.console(0, "audit", "breach", "--from", "2025-01-01", "--to", "2025-03-01");
    ledger.expect(console, Act.LOG_USED, "what was delivered in a span of time");
    clinic.console(0, "audit", "state", "--at", "2025-02-01");
    ledger.expect(console, Act.LOG_USED, "state of an earlier moment");
    clinic.console(0, "audit", "export", "--format", "jsonl", "--patients", "pseudonym");
    ledger.expect(console, Act.LOG_USED, "exported as jsonl");
  }

  void deletes(Made study) throws IOException {
    clinic.console(0, "delete", "--study", study.study(), "--reason", "a phantom");
    ledger.add(
        ledger
            .entry(console, Act.DELETED, "study deleted: NAME")
            .about(study.study())
            .because("a phantom"));
  }

  void reports() throws IOException {
    Path report = clinic.premises.folder().resolve("report.html");
    clinic.console(0, "report", "security", "--out", report);
    ledger.expect(console, Act.LOG_USED, "security report made");
    clinic.console(0, "site", "list");
    clinic.console(0, "study", "list");
  }

  void setsRules() throws IOException {
    clinic.console(0, "retention", "set", "--none");
    ledger.expect(console, Act.POLICY, "retention version " + ++versions + ": none");
    clinic.console(0, "quarantine", "conflicts", "refuse");
    ledger.expect(console, Act.POLICY, "conflicting instances: refuse");
    clinic.console(0, "erase", "grace", "3");
    ledger.expect(console, Act.POLICY, "days of grace of an erasure: 3");
    clinic.console(0, "duty", "set", "shares", "--owner", "frontdesk");
    ledger.done(console, "shares is answered for by frontdesk");
  }

  void keepsHouse() throws IOException {
    clinic.console(0, "scrub");
    ledger.done(console, "packs and keys verified: 0 damages");
    clinic.console(0, "repack");
    ledger.done(console, "packs written anew: 0");
    clinic.console(0, "index", "check");
    ledger.done(console, "index compared: it agrees");
  }

  void invitesAndTakesBack() throws IOException {
    clinic.console(0, "user", "invite", "otto", "--role", "witness");
    ledger.done(console, "person invited: otto (witness)");
    clinic.console(0, "user", "uninvite", "otto");
    ledger.done(console, "invitation taken back: otto");
    clinic.console(0, "user", "sign-out", "witness");
    ledger.done(console, "sessions ended: witness");
  }

  void makesATokenAndRevokesIt() throws IOException {
    String secret =
        clinic
            .console(
                0, "token", "create", "--user", "radiologist", "--scope", "read", "--ttl", "1h")
            .strip();
    String id = secret.split("_", -1)[1];
    ledger.done(console, "token made: radiologist/" + id + " [READ]");
    clinic.byToken(secret + "x", "/dicomweb/studies", "*/*");
    YearEntry.Who web = YearEntry.Who.stranger(Origin.Door.DICOMWEB);
    ledger.refused(web, "mistyped token refused");
    clinic.clock.forth(Duration.ofHours(2));
    clinic.byToken(secret, "/dicomweb/studies", "*/*");
    ledger.refused(web, "ended token refused");
    clinic.console(0, "token", "revoke", id);
    ledger.done(console, "token revoked: radiologist/" + id);
    clinic.byToken(secret, "/dicomweb/studies", "*/*");
    ledger.refused(web, "unknown token refused");
  }

  /// Invited by an administrator, joins with a passkey, is disabled, and comes in no more.
  void comesAndGoes(String name) throws IOException {
    YearPerson administrator = looks.person(Role.ADMINISTRATOR);
    String cookie = administrator.byPasskey();
    String page =
        Web.text(
            clinic.posted(200, cookie, "/people/invite", "name", name, "role-radiologist", "on"));
    ledger.done(administrator.who, "person invited: " + name + " (radiologist)");
    String secret = YearClinic.found("/invite#([A-Za-z0-9._-]+)", page);
    String ticket = YearClinic.cookies(clinic.posted(303, "", "/invite", "secret", secret));
    ledger.done(stranger, "invite link opened: " + name);
    Passkeys.Host host = Passkeys.Host.of("localhost:" + clinic.web.port()).orElseThrow();
    SoftPasskey passkey = new SoftPasskey(host);
    HttpResponse<byte[]> asked = clinic.posted(200, ticket, "/invite/passkey/begin");
    clinic.posted(
        200, ticket, "/invite/passkey", YearPerson.made(passkey, YearPerson.question(asked)));
    YearEntry.Who joined = YearEntry.Who.person(name, Role.RADIOLOGIST);
    ledger.changed(joined, "account added: " + name + " (radiologist), invited by administrator");
    ledger.done(joined, "signed in with a passkey");
    clinic.people++;
    clinic.nextDay(2);
    cookie = administrator.byPasskey();
    clinic.posted(303, cookie, "/person/" + name + "/disable");
    ledger.changed(administrator.who, "account disabled: " + name);
    asked = clinic.posted(200, "", "/sign-in/passkey/begin");
    clinic.posted(
        403,
        YearClinic.cookies(asked),
        "/sign-in/passkey",
        YearPerson.signed(passkey, YearPerson.question(asked)));
    ledger.refused(stranger, "sign-in with a passkey refused");
    clinic.posted(
        403, "", "/sign-in", "name", name, "password", "horse battery 12", "code", "123456");
    ledger.refused(stranger, "sign-in refused");
  }
}
