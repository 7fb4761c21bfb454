package leadglass.image;

/// A small picture: 8 bits a sample, rows from the top, samples of a pixel beside each other.
///
/// @param channels 1 for grey, 3 for red, green and blue
/// @param samples `width * height * channels` bytes, unsigned
public record Picture(int width, int height, int channels, byte[] samples) {
  public Picture {
    if (width < 1
        || height < 1
        || (channels != 1 && channels != 3)
        || samples.length != (long) width * height * channels) {
      throw new IllegalArgumentException("samples don't fit the picture");
    }
  }

  @Override
  public String toString() {
    return width + " x " + height + (channels == 1 ? " grey" : " colour");
  }
}
