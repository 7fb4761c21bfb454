package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.PatientDoor;
import leadglass.archive.Patients;
import leadglass.archive.Ruling;

/// A patient who was invited at the console and made a passkey.
///
/// @param cookie of the session that this opened
record Entered(OpenArchive archive, Patients.Made.Link link, SoftPasskey passkey, String cookie) {
  private static final String COOKIE = "__Host-leadglass-patient=";
  private static final String BROWSER = "a browser";
  static final Origin HOME = new Origin(Origin.Door.PAGE, "127.0.0.1");

  /// The patient of [Shared], whose studies are stored here.
  static Entered into(OpenArchive archive) throws IOException {
    Shared.store(archive);
    return enter(archive, invite(archive.running.archive(), "ZZSHARED-1"));
  }

  static Patients.Made.Link invite(Archive archive, String id) throws IOException {
    Patients.Made made = archive.patients().invite(Premises.CONSOLE, new About.Patient("", id));
    return (Patients.Made.Link) made;
  }

  private static Passkeys.Host host(OpenArchive archive) {
    return Passkeys.Host.of("localhost:" + archive.web.port()).orElseThrow();
  }

  private static Entered enter(OpenArchive archive, Patients.Made.Link link) throws IOException {
    SoftPasskey passkey = new SoftPasskey(host(archive));
    String cookie = enter(archive.running.archive(), host(archive), passkey, link);
    return new Entered(archive, link, passkey, cookie);
  }

  /// Cookie of the session of somebody who was invited to a site.
  static String enter(
      Archive site, Passkeys.Host host, SoftPasskey passkey, Patients.Made.Link link)
      throws IOException {
    PatientDoor door = site.patientDoor();
    String ticket =
        ((PatientDoor.Opening.Ticket) door.open(HOME, link.fragment(), link.code())).ticket();
    Passkeys.Question question = door.enrolling(ticket, host).orElseThrow();
    PatientDoor.Entry entry =
        door.enrol(HOME, ticket, host, question.ticket(), passkey.make(question));
    return COOKIE + ((PatientDoor.Entry.In) entry).session();
  }

  /// Comes again, with the passkey alone.
  PatientDoor.Entry again() throws IOException {
    PatientDoor door = archive.running.archive().patientDoor();
    Passkeys.Host host = host(archive);
    Passkeys.Question question = door.signingIn(host, BROWSER);
    return door.signIn(HOME, host, BROWSER, question.ticket(), passkey.sign(question));
  }

  HttpResponse<byte[]> get(String path, String accept) throws IOException {
    return archive.web.send(
        archive.web.request(path).header("Cookie", cookie).header("Accept", accept));
  }

  HttpResponse<byte[]> post(String path, String form) throws IOException {
    return archive.web.send(
        archive
            .web
            .request(path)
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(form)));
  }

  void stop() throws IOException {
    assertThat(archive.running.archive().patients().stop(Premises.CONSOLE, link.id()))
        .isEqualTo(new Ruling.Done(link.id()));
  }

  @Override
  public String toString() {
    return "Entered[]";
  }
}
