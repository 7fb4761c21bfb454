package leadglass.server.viewer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// One answer, ready to be sent: status 200 with exactly these headers and this content.
///
/// @param headers names as HTTP writes them; `Content-Type`, and `Content-Encoding` where it
///   applies, are among them, `Content-Length` is not
public record ViewerFile(Content content, Map<String, String> headers) {

  public ViewerFile {
    headers = Map.copyOf(headers);
  }

  /// Where the bytes come from.
  public sealed interface Content {
    /// In bytes, as sent.
    long length();

    InputStream open() throws IOException;
  }

  /// A file of the package, whose length was taken when the index was made.
  public record Stored(Path path, long length) implements Content {

    /// Never follows a link, should one have taken the file's place.
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /// The document, which is filled in once and kept.
  public record Document(String html) implements Content {
    @Override
    public long length() {
      return html.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8));
    }
  }
}
