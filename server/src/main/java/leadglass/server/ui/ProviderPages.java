package leadglass.server.ui;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.ProviderSignIns.Arrival;
import leadglass.archive.ProviderSignIns.Back;
import leadglass.archive.ProviderSignIns.Question;
import leadglass.archive.Verb;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Arriving;
import leadglass.server.ui.page.Notice;

/// Leaving for an identity provider and coming back from it.
///
/// The browser comes back from another site, so that no strict cookie goes along, not even over a
/// redirect: a cookie of its own binds the way out to the way back, and a page of ours leads on
/// (docs/adr/0136).
final class ProviderPages {
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_CHARS = 43;
  private static final String WRONG =
      "That sign-in did not come to its end. It may have taken too long, or begun in another"
          + " browser. Begin again.";
  private static final String DECLINED = "Your provider did not let you in.";
  private static final String SILENT =
      "Your provider does not answer. Try again, or sign in in another way.";
  private static final String NO_NAME =
      "A provider leads back to a host name only. Open this page under its name instead of an"
          + " address of numbers.";

  private final Archive archive;
  private final Frame frame;
  private final Map<String, IdentityProvider> providers = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  ProviderPages(Archive archive, Frame frame, List<IdentityProvider> providers) {
    this.archive = archive;
    this.frame = frame;
    providers.forEach(each -> this.providers.put(each.name(), each));
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/sign-in/with/{provider}", door, Verb.KNOCK, this::leave),
        new Route("GET", "/sign-in/with/{provider}/back", door, Verb.KNOCK, this::back));
  }

  private Response leave(Request request) {
    Optional<IdentityProvider> provider = provider(request);
    if (provider.isEmpty() || !isOurs(request)) {
      return Response.seeOther("/sign-in");
    }
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return told(request, 422, NO_NAME);
    }
    Optional<String> known =
        request.cookie(Cookies.LEAVING).filter(secret -> secret.length() == SECRET_CHARS);
    String browser = known.orElseGet(this::secret);
    String name = provider.get().name();
    Question question = archive.providers().leaving(host.get(), browser, name);
    boolean again = request.query("again").isPresent();
    try {
      URI to = provider.get().leave(question, address(host.get(), name), again);
      return Cookies.lend(Response.seeOther(to.toString()), Cookies.LEAVING, browser);
    } catch (IOException _) {
      return told(request, 503, SILENT);
    }
  }

  private Optional<IdentityProvider> provider(Request request) {
    return archive.setUp().done()
        ? Optional.ofNullable(providers.get(request.variable("provider")))
        : Optional.empty();
  }

  /// Whether somebody pressed our button or typed the address: no other site sends people off.
  private static boolean isOurs(Request request) {
    String from = request.header("Sec-Fetch-Site").orElse("none");
    return from.equals("same-origin") || from.equals("none");
  }

  private static URI address(Passkeys.Host host, String provider) {
    return URI.create(host.origin() + "/sign-in/with/" + provider + "/back");
  }

  private String secret() {
    byte[] drawn = new byte[SECRET_BYTES];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }

  private Response back(Request request) throws IOException {
    Optional<IdentityProvider> provider = provider(request);
    if (provider.isEmpty()) {
      return Response.seeOther("/sign-in");
    }
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    Optional<String> browser =
        request.cookie(Cookies.LEAVING).filter(secret -> secret.length() == SECRET_CHARS);
    if (host.isEmpty() || browser.isEmpty()) {
      return told(request, 403, WRONG);
    }
    String name = provider.get().name();
    String state = request.query("state").orElse("");
    return switch (archive
        .providers()
        .back(request.origin(), host.get(), browser.get(), name, state)) {
      case Back.Right(Question question) ->
          asked(request, provider.get(), question, address(host.get(), name));
      case Back.Wrong _ -> wrong(request, name);
      case Back.TooSoon(var after) ->
          told(request, 429, "Try again in " + after.toSeconds() + " s.")
              .with("Retry-After", Long.toString(after.toSeconds()));
    };
  }

  private Response wrong(Request request, String provider) throws IOException {
    archive.providers().refused(request.origin(), provider);
    return told(request, 403, WRONG);
  }

  private Response asked(Request request, IdentityProvider provider, Question question, URI address)
      throws IOException {
    IdentityProvider.Told told;
    try {
      told = provider.ask(question, address, request.query());
    } catch (IOException _) {
      archive.providers().untried(request.origin(), provider.name());
      return told(request, 503, SILENT);
    }
    return switch (told) {
      case IdentityProvider.Told.Proved(var person) ->
          switch (archive.providers().arrive(request.origin(), person)) {
            case Arrival.In in ->
                Cookies.set(on(request, frame.home(in.caller())), Cookies.SESSION, in.secret());
            case Arrival.Owes owes ->
                Cookies.set(on(request, OwedPages.ADDRESS), Cookies.HALF, owes.secret());
            case Arrival.Refused(String rule) -> told(request, 403, rule);
          };
      case IdentityProvider.Told.Declined _ -> {
        archive.providers().untried(request.origin(), provider.name());
        yield told(request, 403, DECLINED);
      }
      case IdentityProvider.Told.Wrong _ -> wrong(request, provider.name());
    };
  }

  /// A page that goes on by itself: to the browser it is ours, and strict cookies go along again.
  private Response on(Request request, String to) {
    Response page = frame.page(request, 200, new Arriving(to)).with("Refresh", "0; url=" + to);
    return Cookies.clearLent(page, Cookies.LEAVING);
  }

  private Response told(Request request, int status, String words) {
    return frame.page(
        request,
        status,
        new Notice("Sign in", "", List.of(words), List.of(new Notice.Link("/sign-in", "Sign in"))));
  }
}
