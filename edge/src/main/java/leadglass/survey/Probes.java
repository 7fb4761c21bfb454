package leadglass.survey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All probes: the classes that lie in `leadglass.survey.probe`, and a hash over them, so that two
/// reports show whether they asked the same.
///
/// @param all in the order in which they ask
/// @param hash SHA-256 over the names and the bytes of their classes, hexadecimal
public record Probes(List<Probe> all, String hash) {
  private static final String FOLDER = "leadglass/survey/probe";

  public Probes {
    all = List.copyOf(all);
  }

  /// Those of this program.
  public static Probes own() {
    try {
      URI place = Probes.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        return of(path.resolve(FOLDER));
      }
      try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
        return of(jar.getPath(FOLDER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own classes can't be read", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program lies nowhere", e);
    }
  }

  private static Probes of(Path folder) throws IOException {
    List<Path> classes;
    try (Stream<Path> files = Files.list(folder)) {
      classes =
          files
              .filter(each -> each.toString().endsWith(".class"))
              .sorted(Comparator.comparing(each -> each.getFileName().toString()))
              .toList();
    }
    List<Probe> probes = new ArrayList<>();
    MessageDigest digest = sha256();
    for (Path each : classes) {
      String file = each.getFileName().toString();
      digest.update(file.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      try (InputStream in = Files.newInputStream(each)) {
        digest.update(in.readAllBytes());
      }
      if (!file.contains("$") && !file.startsWith("package-info")) {
        made(file.substring(0, file.length() - ".class".length()), probes);
      }
    }
    probes.sort(Comparator.comparingInt(Probe::order).thenComparing(Probe::name));
    return new Probes(probes, HexFormat.of().formatHex(digest.digest()));
  }

  private static void made(String name, List<Probe> probes) {
    try {
      Class<?> type = Class.forName(FOLDER.replace('/', '.') + "." + name);
      if (Probe.class.isAssignableFrom(type)
          && !java.lang.reflect.Modifier.isAbstract(type.getModifiers())) {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        probes.add((Probe) constructor.newInstance());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " is no probe", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
