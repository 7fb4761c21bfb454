package leadglass.server.ui;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.KeyChoice;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.SetUp;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.SetUpAccount;
import leadglass.server.ui.page.SetUpCode;
import leadglass.server.ui.page.SetUpConfirm;
import leadglass.server.ui.page.Trust;
import org.jspecify.annotations.Nullable;

/// The first minutes, and how to trust the certificate.
final class SetUpPages {
  static final String OTHER_PASSWORD = "The two passwords are not the same.";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  SetUpPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    return List.of(
        route("GET", "/setup", this::codeForm),
        route("POST", "/setup/code", this::code),
        route("GET", "/setup/account", this::accountForm),
        route("POST", "/setup/account", this::account),
        route("GET", "/setup/confirm", this::confirmForm),
        route("POST", "/setup/confirm", this::confirm),
        new Route("GET", "/setup/done", Origin.Door.PAGE, Verb.KNOCK, r -> trust(r, true)),
        new Route("GET", "/trust", Origin.Door.PAGE, Verb.KNOCK, r -> trust(r, false)),
        new Route("GET", "/trust/ca.pem", Origin.Door.PAGE, Verb.KNOCK, this::caPem));
  }

  /// A step: open to everybody while set-up lasts, gone after it.
  private Route route(String method, String pattern, leadglass.server.http.Handler step) {
    return new Route(
        method,
        pattern,
        Origin.Door.PAGE,
        Verb.KNOCK,
        request -> archive.setUp().done() ? Response.seeOther("/") : step.handle(request));
  }

  private Response codeForm(Request request) {
    return frame.page(request, 200, new SetUpCode(place.fingerprint().get(), ""));
  }

  private Response code(Request request) throws IOException, ProblemException {
    String code = request.form().getOrDefault("code", "");
    return switch (archive.setUp().begin(request.origin(), code)) {
      case SetUp.Step.Begun begun ->
          Cookies.set(Response.seeOther("/setup/account"), Cookies.SET_UP, begun.ticket());
      case SetUp.Step.Refused refused ->
          frame.page(request, 422, new SetUpCode(place.fingerprint().get(), refused.rule()));
      case SetUp.Step.Drafted _ -> Response.seeOther("/setup/confirm");
      case SetUp.Step.Finished _ -> Response.seeOther("/setup/done");
    };
  }

  private Response accountForm(Request request) {
    if (ticket(request).isEmpty()) {
      return Response.seeOther("/setup");
    }
    return frame.page(request, 200, asked("", "", false, ""));
  }

  private SetUpAccount asked(String site, String name, boolean reads, String error) {
    boolean key = archive.custody().asks();
    return new SetUpAccount(site, name, reads, People.PASSWORD_CHARS_MIN, key, error);
  }

  private Response account(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String site = form.getOrDefault("site", "").strip();
    String name = form.getOrDefault("name", "").strip();
    boolean reads = form.containsKey("reads");
    String typed = form.getOrDefault("password", "");
    if (!typed.equals(form.getOrDefault("again", ""))) {
      return frame.page(request, 422, asked(site, name, reads, OTHER_PASSWORD));
    }
    Optional<String> refusal = key(request, form);
    if (refusal.isPresent()) {
      return frame.page(request, 422, asked(site, name, reads, refusal.get()));
    }
    char[] password = typed.toCharArray();
    try {
      String ticket = ticket(request).orElse("");
      return switch (archive.setUp().draft(ticket, site, name, password, reads)) {
        case SetUp.Step.Drafted _ -> Response.seeOther("/setup/confirm");
        case SetUp.Step.Refused refused ->
            frame.page(request, 422, asked(site, name, reads, refused.rule()));
        case SetUp.Step.Begun _ -> Response.seeOther("/setup/account");
        case SetUp.Step.Finished _ -> Response.seeOther("/setup/done");
      };
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /// Lays the master key; says why not, if so.
  private Optional<String> key(Request request, Map<String, String> form) throws IOException {
    if (!archive.custody().asks()) {
      return Optional.empty();
    }
    String passphrase = form.getOrDefault("key-passphrase", "");
    @Nullable KeyChoice choice =
        switch (form.getOrDefault("key", "")) {
          case "file" -> new KeyChoice.InFile(form.getOrDefault("key-path", ""));
          case "passphrase" -> new KeyChoice.UnderPassphrase(passphrase.toCharArray());
          case "disk" -> new KeyChoice.OnThisDisk(form.getOrDefault("key-sentence", ""));
          default -> null;
        };
    if (choice == null) {
      return Optional.of("Say where the master key shall live.");
    }
    if (choice instanceof KeyChoice.UnderPassphrase
        && !passphrase.equals(form.getOrDefault("key-again", ""))) {
      return Optional.of("The two passphrases are not the same.");
    }
    return archive.layKey(request.origin(), ticket(request).orElse(""), choice);
  }

  private Response confirmForm(Request request) {
    Optional<SetUp.Step.Drafted> drafted = ticket(request).flatMap(archive.setUp()::drafted);
    return drafted.isEmpty()
        ? Response.seeOther("/setup/account")
        : frame.page(request, 200, SetUpConfirm.of(drafted.get(), ""));
  }

  private Response confirm(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String ticket = ticket(request).orElse("");
    String totp = form.getOrDefault("totp", "").replace(" ", "");
    String group = form.getOrDefault("group", "");
    return switch (archive.setUp().confirm(request.origin(), ticket, totp, group)) {
      case SetUp.Step.Finished(var in) ->
          Cookies.set(
              Cookies.clear(Response.seeOther("/setup/done"), Cookies.SET_UP),
              Cookies.SESSION,
              in.secret());
      case SetUp.Step.Refused refused -> again(request, ticket, refused.rule());
      case SetUp.Step.Begun _ -> Response.seeOther("/setup/account");
      case SetUp.Step.Drafted drafted -> frame.page(request, 422, SetUpConfirm.of(drafted, ""));
    };
  }

  private Response again(Request request, String ticket, String rule) {
    Optional<SetUp.Step.Drafted> drafted = archive.setUp().drafted(ticket);
    return drafted.isEmpty()
        ? frame.page(request, 422, new SetUpCode(place.fingerprint().get(), rule))
        : frame.page(request, 422, SetUpConfirm.of(drafted.get(), rule));
  }

  private static Optional<String> ticket(Request request) {
    return request.cookie(Cookies.SET_UP).filter(ticket -> !ticket.isEmpty());
  }

  private Response trust(Request request, boolean fresh) {
    if (fresh && !archive.setUp().done()) {
      return Response.seeOther("/setup");
    }
    String root = fingerprintOfFirst(archive.webAuthority().caPem().orElseThrow());
    return frame.page(request, 200, new Trust(fresh, place.fingerprint().get(), root));
  }

  private Response caPem(Request request) {
    byte[] pem = archive.webAuthority().caPem().orElseThrow().getBytes(StandardCharsets.US_ASCII);
    return Response.of(200, "application/x-pem-file", pem)
        .with("Content-Disposition", "attachment; filename=\"leadglass-ca.pem\"");
  }

  /// The root comes first in what the authority gives.
  private static String fingerprintOfFirst(String pem) {
    try {
      byte[] root =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .getEncoded();
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(Assets.sha256().digest(root));
    } catch (CertificateException e) {
      throw new IllegalStateException("the authority's own certificate", e);
    }
  }
}
