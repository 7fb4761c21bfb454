package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A browser without script that keeps to the rules of cookies: on a way from another site only
/// those go along that say `SameSite=Lax`.
final class Browser {
  private final Web web;
  private final Map<String, Cookie> cookies = new TreeMap<>();

  private record Cookie(String value, boolean strict) {}

  /// What came back.
  record Seen(HttpResponse<byte[]> answer) {
    int status() {
      return answer.statusCode();
    }

    String location() {
      return header("Location");
    }

    String header(String name) {
      return answer.headers().firstValue(name).orElse("");
    }

    String body() {
      return Web.text(answer);
    }
  }

  Browser(Web web) {
    this.web = web;
  }

  String cookie(String name) {
    return Optional.ofNullable(cookies.get(name)).map(Cookie::value).orElse("");
  }

  void put(String name, String value) {
    cookies.put(name, new Cookie(value, false));
  }

  Seen get(String path) throws IOException {
    return getFrom("same-origin", path);
  }

  /// @param from `Sec-Fetch-Site`
  Seen getFrom(String from, String path) throws IOException {
    return send(web.request(path), from);
  }

  Seen post(String path, String form) throws IOException {
    return send(
        web.request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)),
        "same-origin");
  }

  /// Presses the button of a provider.
  ///
  /// @return where that leads
  URI leave(String provider) throws IOException {
    Seen seen = get("/sign-in/with/" + provider);
    assertThat(seen.status()).as(seen.body()).isEqualTo(303);
    return URI.create(seen.location());
  }

  /// Opens an address of ours that another site led to.
  Seen arrive(URI address) throws IOException {
    assertThat(address.getPort()).isEqualTo(web.port());
    return getFrom("cross-site", address.getRawPath() + "?" + address.getRawQuery());
  }

  private Seen send(HttpRequest.Builder request, String from) throws IOException {
    boolean crosses = from.equals("cross-site");
    StringBuilder header = new StringBuilder();
    cookies.forEach((name, cookie) -> {
      if (!(crosses && cookie.strict())) {
        header.append(header.isEmpty() ? "" : "; ").append(name + "=" + cookie.value());
      }
    });
    if (!header.isEmpty()) {
      request.header("Cookie", header.toString());
    }
    HttpResponse<byte[]> answer =
        web.send(request.header("Accept", "text/html").header("Sec-Fetch-Site", from));
    answer.headers().allValues("Set-Cookie").forEach(this::keep);
    return new Seen(answer);
  }

  private void keep(String set) {
    int equals = set.indexOf('=');
    String name = set.substring(0, equals);
    if (set.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      String value = set.substring(equals + 1, set.indexOf(';'));
      cookies.put(name, new Cookie(value, set.contains("SameSite=Strict")));
    }
  }
}
