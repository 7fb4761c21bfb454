package leadglass.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;

/// Every request to a site comes through here, in this order: is it our name; who is it; did a page
/// of ours send it; may they; did they prove lately who they are, where that is asked; then the
/// route's handler.
final class Front extends Handler.Abstract {

  /// The session cookie. Its prefix makes browsers keep it to this host and to HTTPS.
  static final String COOKIE = "__Host-leadglass";

  /// The cookie of an opened link, without its id.
  static final String SHARE_COOKIE = "__Host-leadglass-share-";

  /// A patient's session cookie.
  static final String PATIENT_COOKIE = "__Host-leadglass-patient";

  private static final int SHARES_TRIED_MAX = 8;

  private static final String RETRY_SECONDS = "60";
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final Routes routes;
  private final Doorkeeper doorkeeper;
  private final Hosts hosts;
  private final Answers answers;
  private final Permits permits;
  private final WebSettings settings;
  private final Connections connections;
  private final Watchdog watchdog;
  private final Secrets secrets = new Secrets();
  private final Consumer<? super HttpEvent> events;

  Front(
      WebSettings settings,
      Entrance entrance,
      List<String> names,
      Permits permits,
      Connections connections,
      Watchdog watchdog,
      Consumer<? super HttpEvent> events) {
    this.settings = settings;
    this.routes = entrance.routes();
    this.doorkeeper = entrance.doorkeeper();
    this.hosts = new Hosts(names);
    this.answers = new Answers(entrance.pages(), secrets, events);
    this.permits = permits;
    this.connections = connections;
    this.watchdog = watchdog;
    this.events = events;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    connections.spoke(request.getConnectionMetaData().getConnection().getEndPoint());
    Pace pace = new Pace(settings.slowGrace(), settings.bytesPerSecondMin());
    InputStream body = Content.Source.asInputStream(request);
    Asked asked = asked(request, secrets.nonce(), new PacedInput(body, pace), pace);
    watchdog.watch(pace);
    try {
      serve(asked, response, callback);
    } finally {
      watchdog.release(pace);
    }
    return true;
  }

  private Asked asked(
      org.eclipse.jetty.server.Request request, String nonce, PacedInput body, Pace pace) {
    String path = request.getHttpURI().getDecodedPath();
    String plain = path == null ? "" : path;
    Origin origin =
        new Origin(Routes.door(plain), org.eclipse.jetty.server.Request.getRemoteAddr(request));
    return new Asked(request, plain, Reception.host(request), origin, nonce, body, pace);
  }

  private void serve(Asked asked, org.eclipse.jetty.server.Response response, Callback callback) {
    Semaphore permit = null;
    try {
      Decision decision = decide(asked);
      Response answer;
      if (decision instanceof Decision.Go go) {
        permit = permits.acquire(go.caller());
        answer = permit == null ? busy(asked) : call(asked, go);
      } else {
        answer = ((Decision.Refuse) decision).answer();
      }
      answers.send(asked, decision.route(), decision.known(), answer, response, callback);
    } finally {
      if (permit != null) {
        permit.release();
      }
    }
  }

  /// What becomes of a request before its handler.
  private sealed interface Decision {
    String route();

    boolean known();

    record Go(Routes.Found.Match match, Caller caller) implements Decision {
      @Override
      public String route() {
        return match.route().toString();
      }

      @Override
      public boolean known() {
        return !(caller instanceof Caller.Stranger);
      }
    }

    record Refuse(String route, boolean known, Response answer) implements Decision {}
  }

  private Decision decide(Asked asked) {
    boolean setUp = doorkeeper.setUp().getAsBoolean();
    if (!hosts.known(asked.host(), !setUp)) {
      return refuse(asked, Problems.WRONG_HOST);
    }
    if (doorkeeper.shut().isPresent()) {
      return shut(asked, doorkeeper.shut().get());
    }
    Optional<String> bearer = bearer(asked);
    Optional<String> cookie =
        bearer.isPresent() ? Optional.empty() : Exchange.cookie(asked.jetty(), COOKIE);
    Caller caller = caller(asked, bearer, cookie);
    if (!SAFE.contains(asked.jetty().getMethod())
        && bearer.isEmpty()
        && !CrossSite.permits(
            asked.header("Sec-Fetch-Site"),
            asked.header("Origin"),
            asked.host(),
            isBySession(caller))) {
      return refuse(asked, Problems.CROSS_SITE);
    }
    Routes.Found found = routes.find(asked.jetty().getMethod(), asked.path());
    if (found instanceof Routes.Found.Match match && match.route().verb() == Verb.KNOCK) {
      return new Decision.Go(match, caller);
    }
    if (!setUp) {
      return notSetUp(asked);
    }
    return caller instanceof Caller.Stranger
        ? stranger(asked)
        : known(asked, found, caller, cookie);
  }

  private static boolean isBySession(Caller caller) {
    return caller instanceof Caller.Person
        || caller instanceof Caller.Share
        || caller instanceof Caller.Patient;
  }

  private Decision shut(Asked asked, Problem problem) {
    Routes.Found found = routes.find(asked.jetty().getMethod(), asked.path());
    if (found instanceof Routes.Found.Match match) {
      return new Decision.Go(match, new Caller.Stranger(asked.origin()));
    }
    Response answer = answers.problem(asked, problem);
    return new Decision.Refuse("none", false, answer.with("Retry-After", RETRY_SECONDS));
  }

  private Decision known(Asked asked, Routes.Found found, Caller caller, Optional<String> cookie) {
    return switch (found) {
      case Routes.Found.Match match ->
          doorkeeper.gate().permits(caller, match.route().verb())
              ? permitted(asked, match, caller, cookie)
              : notPermitted(asked, match.route(), caller);
      case Routes.Found.Nothing _ ->
          new Decision.Refuse("none", true, answers.problem(asked, Problems.NOT_FOUND));
      case Routes.Found.OtherMethods other ->
          new Decision.Refuse(
              "none",
              true,
              answers
                  .problem(asked, Problems.METHOD_NOT_ALLOWED)
                  .with("Allow", String.join(", ", other.methods())));
    };
  }

  private Decision notPermitted(Asked asked, Route route, Caller caller) {
    doorkeeper.refusals().refused(caller, route.verb());
    Response answer = answers.problem(asked, Problems.NOT_PERMITTED);
    return new Decision.Refuse(route.toString(), true, answer);
  }

  private Decision permitted(
      Asked asked, Routes.Found.Match match, Caller caller, Optional<String> cookie) {
    if (!match.route().fresh()) {
      return new Decision.Go(match, caller);
    }
    if (!(caller instanceof Caller.Person) || cookie.isEmpty()) {
      return notPermitted(asked, match.route(), caller);
    }
    if (doorkeeper.freshness().fresh(cookie.get())) {
      return new Decision.Go(match, caller);
    }
    boolean page = asked.header("Accept").orElse("").contains("text/html");
    Response answer =
        page
            ? Response.seeOther("/step-up?to=" + routes.nearestPage(asked.path()))
            : answers.problem(asked, Problems.FRESH_FACTOR_NEEDED);
    return new Decision.Refuse(match.route().toString(), true, answer);
  }

  private Decision refuse(Asked asked, Problem problem) {
    return new Decision.Refuse("none", false, answers.problem(asked, problem));
  }

  /// The same for every path: nobody learns what there is.
  private Decision stranger(Asked asked) {
    boolean page = asked.origin().door() == Origin.Door.PAGE;
    if (page && SAFE.contains(asked.jetty().getMethod())) {
      String start =
          switch (Audience.of(asked.path())) {
            case SHARES -> "/share";
            case PATIENTS -> "/my/sign-in";
            case STAFF, ALL -> doorkeeper.start();
          };
      return new Decision.Refuse("none", false, Response.seeOther(start));
    }
    Response answer = answers.problem(asked, Problems.SIGN_IN_NEEDED);
    return new Decision.Refuse("none", false, answer.with("WWW-Authenticate", "Bearer"));
  }

  private Decision notSetUp(Asked asked) {
    boolean page = asked.origin().door() == Origin.Door.PAGE;
    if (page && SAFE.contains(asked.jetty().getMethod())) {
      return new Decision.Refuse("none", false, Response.seeOther("/setup"));
    }
    return refuse(asked, Problems.SET_UP_NEEDED);
  }

  private static Optional<String> bearer(Asked asked) {
    return asked
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  private Caller caller(Asked asked, Optional<String> bearer, Optional<String> cookie) {
    return switch (Audience.of(asked.path())) {
      case STAFF -> staff(asked.origin(), bearer, cookie);
      case SHARES -> share(asked, List.of(asked.path().split("/", 4)[2]));
      case PATIENTS -> patient(asked);
      case ALL -> {
        Caller staff = staff(asked.origin(), bearer, cookie);
        Caller guest = staff instanceof Caller.Stranger ? share(asked, shares(asked)) : staff;
        yield guest instanceof Caller.Stranger ? patient(asked) : guest;
      }
    };
  }

  /// The links that a browser has cookies of.
  private static List<String> shares(Asked asked) {
    return org.eclipse.jetty.server.Request.getCookies(asked.jetty()).stream()
        .map(org.eclipse.jetty.http.HttpCookie::getName)
        .filter(name -> name.startsWith(SHARE_COOKIE))
        .map(name -> name.substring(SHARE_COOKIE.length()))
        .limit(SHARES_TRIED_MAX)
        .toList();
  }

  private Caller share(Asked asked, List<String> ids) {
    for (String id : ids) {
      Optional<Caller.Share> share =
          Exchange.cookie(asked.jetty(), SHARE_COOKIE + id)
              .flatMap(secret -> doorkeeper.guests().session(asked.origin(), id, secret));
      if (share.isPresent()) {
        return share.get();
      }
    }
    return new Caller.Stranger(asked.origin());
  }

  private Caller patient(Asked asked) {
    Optional<Caller.Patient> patient =
        Exchange.cookie(asked.jetty(), PATIENT_COOKIE)
            .flatMap(secret -> doorkeeper.patients().session(asked.origin(), secret));
    return patient.isPresent() ? patient.get() : new Caller.Stranger(asked.origin());
  }

  private Caller staff(Origin origin, Optional<String> bearer, Optional<String> cookie) {
    if (bearer.isPresent()) {
      Optional<Caller.Program> program = doorkeeper.bearers().verify(origin, bearer.get());
      return program.isPresent() ? program.get() : new Caller.Stranger(origin);
    }
    Optional<Caller.Person> person =
        cookie.flatMap(secret -> doorkeeper.sessions().session(origin, secret));
    return person.isPresent() ? person.get() : new Caller.Stranger(origin);
  }

  private Response busy(Asked asked) {
    events.accept(new HttpEvent.Shed(settings.requestsMax()));
    return answers.problem(asked, Problems.BUSY).with("Retry-After", "5");
  }

  private Response call(Asked asked, Decision.Go go) {
    try {
      List<Map.Entry<String, String>> query =
          Parameters.parse(Optional.ofNullable(asked.jetty().getHttpURI().getQuery()).orElse(""));
      Request request =
          new Exchange(
              asked.jetty(),
              asked.path(),
              asked.host(),
              go.caller(),
              go.match().variables(),
              query,
              asked.nonce(),
              asked.body());
      return go.match().route().handler().handle(request);
    } catch (ProblemException e) {
      return answers.problem(asked, e.problem());
    } catch (IOException | RuntimeException e) {
      return answers.failed(asked, go.route(), e);
    }
  }
}
