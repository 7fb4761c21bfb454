package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import leadglass.archive.Passkeys;
import leadglass.archive.People;
import leadglass.archive.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who works at the clinic: comes in with a passkey, or with a password and a code.
final class YearPerson {
  private final YearClinic clinic;
  private final People.Enrolment enrolment;
  private final SoftPasskey passkey;
  private final Passkeys.Host host;
  final Role role;
  final YearEntry.Who who;

  YearPerson(YearClinic clinic, Role role) throws IOException {
    this.clinic = clinic;
    this.role = role;
    this.enrolment = Objects.requireNonNull(clinic.premises.enrolments().get(role));
    this.host = Passkeys.Host.of("localhost:" + clinic.web.port()).orElseThrow();
    this.passkey = new SoftPasskey(host);
    this.who = YearEntry.Who.person(role.word(), role);
  }

  String code() {
    return enrolment.codeAt(clinic.clock.millis());
  }

  /// @return cookie of the session
  String byPassword() throws IOException {
    HttpResponse<byte[]> in =
        clinic.posted(
            303,
            "",
            "/sign-in",
            "name",
            role.word(),
            "password",
            Premises.PASSWORD,
            "code",
            code());
    clinic.ledger.done(who, "signed in with password and a code");
    return YearClinic.cookies(in);
  }

  String byPasskey() throws IOException {
    HttpResponse<byte[]> asked = clinic.posted(200, "", "/sign-in/passkey/begin");
    HttpResponse<byte[]> in =
        clinic.posted(
            200, YearClinic.cookies(asked), "/sign-in/passkey", signed(passkey, question(asked)));
    clinic.ledger.done(who, "signed in with a passkey");
    return YearClinic.cookies(in);
  }

  void addPasskey() throws IOException {
    String cookie = byPassword();
    HttpResponse<byte[]> asked = clinic.posted(200, cookie, "/account/passkeys/begin");
    Passkeys.Question question = question(asked);
    List<String> fields = new ArrayList<>(List.of(made(passkey, question)));
    fields.addAll(List.of("label", "Phone"));
    HttpResponse<byte[]> made =
        clinic.post(cookie, "/account/passkeys", fields.toArray(new String[0]));
    assertThat(made.statusCode()).as(Web.text(made)).isEqualTo(200);
    clinic.ledger.changed(who, "passkey added: NAME");
  }

  /// The question that an island of ours reads.
  static Passkeys.Question question(HttpResponse<byte[]> asked) {
    JsonNode json = JsonMapper.builder().build().readTree(asked.body());
    return new Passkeys.Question(
        json.get("ticket").asString(),
        bytes(json.get("challenge")),
        json.get("host").asString(),
        json.get("account").asString(),
        bytes(json.get("handle")),
        List.of(),
        List.of());
  }

  private static byte[] bytes(JsonNode text) {
    return Base64.getUrlDecoder().decode(text.asString());
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String[] made(SoftPasskey passkey, Passkeys.Question question) throws IOException {
    Passkeys.Attested attested = passkey.make(question);
    return new String[] {
      "ticket", question.ticket(),
      "clientData", text(attested.clientData()),
      "attestation", text(attested.attestation())
    };
  }

  static String[] signed(SoftPasskey passkey, Passkeys.Question question) throws IOException {
    Passkeys.Asserted asserted = passkey.sign(question);
    return new String[] {
      "ticket", question.ticket(),
      "id", text(asserted.id()),
      "clientData", text(asserted.clientData()),
      "authenticatorData", text(asserted.authenticatorData()),
      "signature", text(asserted.signature()),
      "userHandle", text(asserted.userHandle())
    };
  }
}
