package leadglass.store.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import leadglass.store.seal.SecretBytes;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/// What the files of a search say to whoever has their key.
public final class SearchFiles {
  private SearchFiles() {}

  /// All of them, a character a byte.
  public static String plain(Path folder, SecretBytes key) throws IOException {
    StringBuilder all = new StringBuilder();
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    try (SealedDirectory directory = new SealedDirectory(folder, key, 0)) {
      for (String name : names) {
        if (Files.size(folder.resolve(name)) > 0) {
          try (IndexInput in = directory.openInput(name, IOContext.DEFAULT)) {
            byte[] bytes = new byte[(int) in.length()];
            in.readBytes(bytes, 0, bytes.length);
            all.append(new String(bytes, ISO_8859_1));
          }
        }
      }
    }
    return all.toString();
  }
}
