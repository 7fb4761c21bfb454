package leadglass.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our encoder beside the JDK's decoder.
class JpegTest {

  private static Picture gradient(int width, int height, int channels) {
    byte[] samples = new byte[width * height * channels];
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      for (int c = 0; c < channels; c++) {
        samples[i * channels + c] = (byte) (128 + 100 * Math.sin((x + (c + 1.0) * y) / 20));
      }
    }
    return new Picture(width, height, channels, samples);
  }

  /// Mean difference to what the JDK decodes.
  private static double difference(Picture picture, int quality) throws IOException {
    byte[] jpeg = Jpeg.encode(picture, quality);
    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(decoded.getWidth()).isEqualTo(picture.width());
    assertThat(decoded.getHeight()).isEqualTo(picture.height());
    double sum = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        for (int c = 0; c < picture.channels(); c++) {
          int expected =
              picture.samples()[(y * picture.width() + x) * picture.channels() + c] & 0xFF;
          int band = decoded.getRaster().getNumBands() == 1 ? 0 : c;
          int found =
              band == 0 && picture.channels() == 1
                  ? decoded.getRaster().getSample(x, y, 0)
                  : decoded.getRGB(x, y) >>> (16 - 8 * c) & 0xFF;
          sum += Math.abs(expected - found);
        }
      }
    }
    return sum / picture.samples().length;
  }

  @ParameterizedTest(name = "{0} x {1}, {2} channels")
  @CsvSource({"1,1,1", "8,8,1", "64,48,1", "63,17,1", "1,1,3", "8,8,3", "200,200,3", "33,5,3"})
  void theJdkDecodesNearlyTheSamePicture(int width, int height, int channels) throws IOException {
    Picture picture = gradient(width, height, channels);

    assertThat(difference(picture, 95)).isLessThan(1.5);
    assertThat(difference(picture, 60)).isLessThan(6);
  }

  @Test
  void noiseIsKeptToo() throws IOException {
    byte[] samples = new byte[128 * 128];
    new java.util.Random(5).nextBytes(samples);

    assertThat(difference(new Picture(128, 128, 1, samples), 100)).isLessThan(1);
    assertThat(difference(new Picture(128, 128, 1, samples), 1)).isLessThan(128);
  }

  @Test
  void blackAndWhiteStayBlackAndWhite() throws IOException {
    byte[] samples = new byte[32 * 32];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i % 32 < 16 ? 0 : 255);
    }

    assertThat(difference(new Picture(32, 32, 1, samples), 90)).isLessThan(0.5);
  }

  @Test
  void betterQualityTakesMoreBytes() {
    Picture picture = gradient(100, 100, 3);

    assertThat(Jpeg.encode(picture, 95).length).isGreaterThan(Jpeg.encode(picture, 50).length);
  }

  @Test
  void refusesQualitiesThatAreNone() {
    Picture picture = gradient(8, 8, 1);

    assertThatThrownBy(() -> Jpeg.encode(picture, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Jpeg.encode(picture, 101))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Picture(2, 2, 1, new byte[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
