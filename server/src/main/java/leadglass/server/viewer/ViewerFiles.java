package leadglass.server.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder that `build/viewer` made, read once: every request is a look-up of its exact path in
/// a map, and no name is ever put together from what a request says. Immutable, for any thread.
public final class ViewerFiles {

  /// Where the files lie, in request paths.
  public static final String PREFIX = "/viewer/";

  /// The only document. The study is named in its query, which stays in the browser.
  public static final String DOCUMENT = PREFIX + "viewer";

  private static final String BANNER = "<!--banner-->";
  private static final int DEPTH_MAX = 4;
  private static final int TEXT_BYTES_MAX = 1 << 16;

  /// Types of what the package holds; a file of any other kind is not there.
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "wasm", "application/wasm",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  /// Content codings by preference, with the endings of files in them.
  private static final SequencedMap<String, String> CODINGS = codings();

  private final Map<String, Entry> files;
  private final ViewerFile.Document document;

  private ViewerFiles(Map<String, Entry> files, ViewerFile.Document document) {
    this.files = Map.copyOf(files);
    this.document = document;
  }

  /// Reads the index of `folder`.
  ///
  /// @param banner a sentence that stands above the viewer; blank for none. Any text: it is escaped
  /// @throws IOException when the folder can't be read or is not laid out as `build/viewer` does it
  public static ViewerFiles open(Path folder, String banner) throws IOException {
    Map<String, Policy.Script> workers = workers(text(folder.resolve("workers.txt")));
    Map<String, Path> found = found(folder);
    Map<String, Entry> files = new HashMap<>();
    for (Map.Entry<String, Path> each : found.entrySet()) {
      String name = each.getKey();
      String mediaType = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (mediaType != null) {
        String lastName = name.substring(name.lastIndexOf('/') + 1);
        Policy.Script script = workers.getOrDefault(lastName, Policy.Script.NONE);
        files.put(PREFIX + name, entry(mediaType, script, each.getValue(), name, found));
      }
    }
    return new ViewerFiles(files, document(text(folder.resolve("viewer.html")), banner));
  }

  /// What `path` names, if anything.
  ///
  /// @param path of the request as it came, without the query; nothing in it is decoded
  /// @param host of the request with its port, already found to be one of this server's
  /// @param acceptEncoding the codings that the client takes, in lower case
  /// @throws IllegalArgumentException when `host` does not look like one
  public Optional<ViewerFile> find(String path, String host, Set<String> acceptEncoding) {
    if (path.equals(DOCUMENT)) {
      return Optional.of(new ViewerFile(document, Policy.document(host)));
    }
    return Optional.ofNullable(files.get(path)).map(entry -> entry.answer(host, acceptEncoding));
  }

  /// The document for whoever came by a link.
  ///
  /// @param host as in [#find]
  /// @param root what their addresses begin with, such as `/s/ID`
  /// @throws IllegalArgumentException when `host` or `root` does not look like one
  public ViewerFile shared(String host, String root) {
    return new ViewerFile(document, Policy.shared(host, root));
  }

  /// Every path that answers, so that tests can ask for each.
  public Set<String> paths() {
    return Stream.concat(Stream.of(DOCUMENT), files.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static SequencedMap<String, String> codings() {
    SequencedMap<String, String> codings = new LinkedHashMap<>();
    codings.put("br", ".br");
    codings.put("gzip", ".gz");
    return Collections.unmodifiableSequencedMap(codings);
  }

  private static Map<String, Path> found(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder, DEPTH_MAX)) {
      return walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          // Only what lies under the versioned folder may be kept by browsers, so only that is
          // served.
          .filter(path -> folder.relativize(path).getNameCount() > 1)
          .collect(Collectors.toMap(path -> name(folder, path), Function.identity()));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private static String name(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  private static Entry entry(
      String mediaType, Policy.Script script, Path path, String name, Map<String, Path> found)
      throws IOException {
    Map<String, ViewerFile.Stored> smaller = new LinkedHashMap<>();
    for (Map.Entry<String, String> coding : CODINGS.entrySet()) {
      Path encoded = found.get(name + coding.getValue());
      if (encoded != null) {
        smaller.put(coding.getKey(), stored(encoded));
      }
    }
    return new Entry(mediaType, script, stored(path), smaller);
  }

  private static ViewerFile.Stored stored(Path path) throws IOException {
    return new ViewerFile.Stored(path, Files.size(path));
  }

  private static ViewerFile.Document document(String html, String banner) throws IOException {
    if (!html.contains(BANNER)) {
      throw new IOException("viewer.html has no place for the banner");
    }
    String line =
        banner.isBlank()
            ? ""
            : "<p class=\"leadglass-banner\" role=\"note\">" + escaped(banner) + "</p>";
    return new ViewerFile.Document(html.replace(BANNER, line));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Map<String, Policy.Script> workers(String text) throws IOException {
    Map<String, Policy.Script> workers = new HashMap<>();
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.split(" ", 2));
      workers.put(
          words.getLast(),
          switch (words.getFirst()) {
            case "plain" -> Policy.Script.WORKER;
            case "compiles" -> Policy.Script.COMPILING_WORKER;
            default -> throw new IOException("workers.txt has a line of an unknown kind");
          });
    }
    return workers;
  }

  private static String text(Path path) throws IOException {
    if (Files.size(path) > TEXT_BYTES_MAX) {
      throw new IOException(path.getFileName() + " is too long");
    }
    return Files.readString(path);
  }

  /// One file, with its smaller forms where it has them, best first.
  private record Entry(
      String mediaType,
      Policy.Script script,
      ViewerFile.Stored identity,
      Map<String, ViewerFile.Stored> smaller) {

    ViewerFile answer(String host, Set<String> acceptEncoding) {
      Map<String, String> headers = Policy.file(mediaType, script, host);
      if (smaller.isEmpty()) {
        return new ViewerFile(identity, headers);
      }
      headers.put("Vary", "Accept-Encoding");
      for (Map.Entry<String, ViewerFile.Stored> each : smaller.entrySet()) {
        if (acceptEncoding.contains(each.getKey())) {
          headers.put("Content-Encoding", each.getKey());
          return new ViewerFile(each.getValue(), headers);
        }
      }
      return new ViewerFile(identity, headers);
    }
  }
}
