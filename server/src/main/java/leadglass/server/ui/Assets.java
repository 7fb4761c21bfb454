package leadglass.server.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.Problem;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;

/// Style sheets, scripts and the icon: read once, found by name in a map that is never more than
/// what is listed here. Their address changes with their content, so browsers may keep them.
final class Assets {
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("icon.svg", "image/svg+xml"),
          Map.entry("leadglass.css", CSS),
          Map.entry("pages.css", CSS),
          Map.entry("worklist.css", CSS),
          Map.entry("leadglass.js", SCRIPT),
          Map.entry("keys.js", SCRIPT),
          Map.entry("invite.js", SCRIPT),
          Map.entry("list.js", SCRIPT),
          Map.entry("upload.js", SCRIPT),
          Map.entry("files.js", SCRIPT),
          Map.entry("send.js", SCRIPT),
          Map.entry("passkey.js", SCRIPT),
          Map.entry("share.js", SCRIPT));

  private static final int VERSION_BYTES = 10;

  private final Map<String, byte[]> contents;
  private final String version;

  private Assets(Map<String, byte[]> contents, String version) {
    this.contents = contents;
    this.version = version;
  }

  static Assets load() {
    Map<String, byte[]> contents = new TreeMap<>();
    MessageDigest digest = sha256();
    MEDIA_TYPES.keySet().stream()
        .sorted()
        .forEach(name -> {
          byte[] content = read(name);
          contents.put(name, content);
          digest.update(content);
        });
    String version = HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
    return new Assets(contents, version);
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /// First part of every address here.
  String prefix() {
    return "/static/" + version;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/static/{version}/{name}", Origin.Door.PAGE, Verb.KNOCK, this::get));
  }

  private Response get(Request request) throws ProblemException {
    String name = request.variable("name");
    Optional<byte[]> content = Optional.ofNullable(contents.get(name));
    if (content.isEmpty() || !request.variable("version").equals(version)) {
      throw new ProblemException(
          new Problem("not-found", 404, "It does not exist, or this account may not have it.", ""));
    }
    return Response.of(200, MEDIA_TYPES.getOrDefault(name, "text/plain"), content.get())
        .with("Cache-Control", "public, max-age=31536000, immutable");
  }
}
