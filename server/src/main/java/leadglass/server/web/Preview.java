package leadglass.server.web;

import java.io.IOException;
import java.util.Optional;
import leadglass.archive.Held;
import leadglass.image.Jpeg;
import leadglass.image.Outcome;
import leadglass.image.Thumbnail;

/// A small picture of an instance, for a person to recognise it by.
public final class Preview {
  private static final int JPEG_QUALITY = 80;

  private Preview() {}

  /// The frame in the middle; empty if it can't be shown.
  ///
  /// @param width at most, in points
  /// @param height likewise
  public static Optional<byte[]> jpeg(Held held, int width, int height) throws IOException {
    int frames = held.frames();
    if (frames == 0) {
      return Optional.empty();
    }
    int middle = frames / 2 + 1;
    Optional<Held.Part> part = held.frame(middle);
    if (part.isEmpty()) {
      return Optional.empty();
    }
    try (Thumbnail thumbnail =
        new Thumbnail(held.imageAttributes(), held.given(true), middle, width, height)) {
      part.get().writeTo(thumbnail);
      return switch (thumbnail.outcome()) {
        case Outcome.Made(var picture) -> Optional.of(Jpeg.encode(picture, JPEG_QUALITY));
        case Outcome.Unsupported _ -> Optional.empty();
      };
    }
  }
}
