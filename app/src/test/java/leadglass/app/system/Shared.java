package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.Ruling;
import leadglass.archive.ShareDoor;
import leadglass.archive.ShareLinks;
import leadglass.dicom.data.Uid;

/// A link to one study, made by the radiologist of a running archive and opened by a recipient.
///
/// @param cookie of the recipient's session
record Shared(OpenArchive archive, String id, String fragment, String passcode, String cookie) {
  private static final Made.Patient PATIENT =
      new Made.Patient("ISO_IR 192", "Zzteilen^Örsola", "ZZSHARED-1");

  /// The one that is shared.
  static final Made GIVEN = new Made(PATIENT, "2.25.1", "2.25.11", "2.25.111", 2);

  /// Of the same patient.
  static final Made KEPT = new Made(PATIENT, "2.25.2", "2.25.21", "2.25.211", 2);

  /// Of nobody.
  static final Made INVENTED = new Made(PATIENT, "2.25.3", "2.25.31", "2.25.311", 2);

  private static final Caller.Person READER =
      new Caller.Person(
          Role.RADIOLOGIST.word(),
          Role.RADIOLOGIST,
          EnumSet.of(Role.RADIOLOGIST),
          new Origin(Origin.Door.PAGE, "127.0.0.1"));

  static void store(OpenArchive archive) throws IOException {
    for (Made each : List.of(GIVEN, KEPT)) {
      assertThat(archive.web.stow(archive.token(Role.TECHNOLOGIST), each.file()).statusCode())
          .isEqualTo(200);
    }
  }

  static ShareLinks.Made.Link link(OpenArchive archive, boolean download) throws IOException {
    ShareLinks.Wanted wanted =
        new ShareLinks.Wanted(
            List.of(new Uid(GIVEN.study())),
            "Dr Zzempfänger",
            "zweitmeinung",
            Duration.ofDays(7),
            download);
    return (ShareLinks.Made.Link) archive.running.archive().shareLinks().make(READER, wanted);
  }

  static Shared open(OpenArchive archive, boolean download) throws IOException {
    store(archive);
    ShareLinks.Made.Link link = link(archive, download);
    ShareDoor.Opening opening =
        archive
            .running
            .archive()
            .shareDoor()
            .open(
                new Origin(Origin.Door.PAGE, "127.0.0.1"),
                link.fragment(),
                Optional.empty(),
                link.passcode());
    String session = ((ShareDoor.Opening.Opened) opening).session();
    return new Shared(
        archive,
        link.id(),
        link.fragment(),
        link.passcode(),
        "__Host-leadglass-share-" + link.id() + "=" + session);
  }

  void stop() throws IOException {
    assertThat(archive.running.archive().shareLinks().revoke(Premises.CONSOLE, id))
        .isEqualTo(new Ruling.Done(id));
  }

  HttpResponse<byte[]> get(String path, String accept) throws IOException {
    return archive.web.send(
        archive.web.request(path).header("Cookie", cookie).header("Accept", accept));
  }

  /// What the page for the passcode sends.
  static HttpResponse<byte[]> enter(
      OpenArchive archive, String fragment, String passcode, String... cookies) throws IOException {
    List<String> all = new ArrayList<>(List.of(cookies));
    HttpRequest.Builder request =
        archive
            .web
            .request("/share")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString("link=" + fragment + "&passcode=" + passcode));
    return archive.web.send(
        all.isEmpty() ? request : request.header("Cookie", String.join("; ", all)));
  }

  @Override
  public String toString() {
    return "Shared[]";
  }
}
