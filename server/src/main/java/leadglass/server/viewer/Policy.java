package leadglass.server.viewer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The headers that keep the viewer's code in its place: with script running, it reaches this
/// archive's DICOMweb and its own files, and nothing else anywhere.
final class Policy {

  /// No host can be written into a policy that does not look like one. IPv6 literals are no sources
  /// in CSP: there, `'self'` has to do.
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?");

  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

  private static final Pattern ROOT = Pattern.compile("/s/[0-9a-f]{32}|/my");

  private static final Map<String, String> EVERYWHERE =
      Map.of(
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Embedder-Policy", "require-corp",
          "Cross-Origin-Resource-Policy", "same-origin",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=()");

  private Policy() {}

  /// @throws IllegalArgumentException when `host` is no host with an optional port
  static Map<String, String> document(String host) {
    return document(host, List.of("/dicomweb/", "/viewer/", "/s/"));
  }

  /// The same for whoever came by a link, and for patients: their studies and the viewer's files,
  /// and nothing of staff who may be signed in in the same browser.
  ///
  /// @param root what their addresses begin with, such as `/s/ID`, or `/my`
  /// @throws IllegalArgumentException when `host` is no host with an optional port, or `root` is
  ///   none
  static Map<String, String> shared(String host, String root) {
    if (!ROOT.matcher(root).matches()) {
      throw new IllegalArgumentException("not the root of a link or of patients");
    }
    return document(host, List.of(root + "/dicomweb/", "/viewer/"));
  }

  private static Map<String, String> document(String host, List<String> reached) {
    String csp =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data: blob:; font-src 'self'; connect-src "
            + sources(host, reached)
            + "; worker-src 'self'; object-src 'self' blob:; frame-src blob:; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";
    return headers("text/html; charset=utf-8", csp, "no-store");
  }

  /// What a path names never changes: it holds the version and hash of the package.
  ///
  /// @throws IllegalArgumentException when `host` is no host with an optional port
  static Map<String, String> file(String mediaType, Script script, String host) {
    String csp =
        switch (script) {
          case NONE -> "default-src 'none'; frame-ancestors 'none'";
          case WORKER -> worker("'wasm-unsafe-eval'", host);
          case COMPILING_WORKER -> worker("'unsafe-eval'", host);
        };
    return headers(mediaType, csp, "private, max-age=31536000, immutable");
  }

  /// A worker has no document and obeys the policy of its own response, not that of the page. Who
  /// owns a worker may reach its `Function` through messages, so it gets the viewer's own files and
  /// nothing else: no page of the archive, no image.
  private static String worker(String compiling, String host) {
    String files = sources(host, List.of("/viewer/"));
    return "default-src 'none'; script-src " + files + " " + compiling + "; connect-src " + files;
  }

  private static String sources(String host, List<String> paths) {
    if (IPV6.matcher(host).matches()) {
      return "'self'";
    }
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("not a host with an optional port");
    }
    return paths.stream().map(path -> "https://" + host + path).collect(Collectors.joining(" "));
  }

  private static Map<String, String> headers(String mediaType, String csp, String caching) {
    Map<String, String> headers = new LinkedHashMap<>(EVERYWHERE);
    headers.put("Content-Type", mediaType);
    headers.put("Content-Security-Policy", csp);
    headers.put("Cache-Control", caching);
    return headers;
  }

  /// What a file may do when it is started as a worker.
  enum Script {
    /// Not a worker: as one, it could load nothing and reach nothing.
    NONE,
    /// Runs WebAssembly.
    WORKER,
    /// Also writes code at run time, as the glue of some decoders does.
    COMPILING_WORKER
  }
}
