package leadglass.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Role;
import leadglass.dicom.data.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Uploads that are huge, and uploads that break off.
@Timeout(300)
class UploadsTest {
  private static final String STUDIES = "/dicomweb/studies";
  private static final String SERIES =
      STUDIES + "/" + TestFiles.STUDY + "/series/" + TestFiles.SERIES;

  @TempDir Path folder;

  @Test
  void whatWasStoredBeforeAnUploadBreaksOffStaysAndNothingElse() throws IOException {
    byte[] body = TestFiles.multipart(TestFiles.ct("2.25.1", 1), TestFiles.ct("2.25.2", 1));
    byte[] most = Arrays.copyOf(body, body.length - 40);
    try (TestArchive archive = new TestArchive(folder)) {
      try (SSLSocket socket = archive.socket()) {
        String head =
            "POST /dicomweb/studies HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + archive.bearer(Role.TECHNOLOGIST)
                + "\r\nContent-Type: "
                + TestFiles.MULTIPART
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        socket.getOutputStream().write(most);
        socket.getOutputStream().flush();
        while (archive.get(SERIES + "/instances/2.25.1", "").statusCode() != 200) {
          Thread.onSpinWait(); // until the first part is kept, or the test's time is over
        }
      }
      // The break is seen after the socket's close: the second one is stored only if sent again.
      HttpResponse<byte[]> again =
          archive.store(
              STUDIES, TestFiles.MULTIPART, TestFiles.multipart(TestFiles.ct("2.25.3", 1)));
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(archive.get(SERIES + "/instances/2.25.2", "").statusCode()).isEqualTo(404);
      assertThat(archive.anyFailed()).as("%s", archive.events).isFalse();
    }
  }

  @Test
  void anUploadWithoutItsLastBoundaryKeepsItsWholeParts() throws IOException {
    byte[] body = TestFiles.multipart(TestFiles.ct("2.25.1", 1), TestFiles.ct("2.25.2", 1));
    try (TestArchive archive = new TestArchive(folder)) {
      HttpResponse<byte[]> response =
          archive.store(STUDIES, TestFiles.MULTIPART, Arrays.copyOf(body, body.length - 40));
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(new String(response.body(), UTF_8)).contains("2.25.1").doesNotContain("2.25.2\"");
      assertThat(archive.get(SERIES + "/instances/2.25.1", "").statusCode()).isEqualTo(200);
      assertThat(archive.get(SERIES + "/instances/2.25.2", "").statusCode()).isEqualTo(404);
    }
  }

  /// Larger than the memory that tests have.
  @Test
  void anInstanceLargerThanTheMemoryGoesInAndComesOut() throws Exception {
    int pixelBytes = 640 << 20;
    byte[] before = withoutPixels();
    byte[] element = new byte[12];
    ByteBuffer.wrap(element)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x7FE0)
        .putShort((short) 0x0010)
        .put((byte) 'O')
        .put((byte) 'W')
        .putShort((short) 0)
        .putInt(pixelBytes);
    try (TestArchive archive = new TestArchive(folder)) {
      HttpResponse<String> stored =
          archive.client.send(
              archive
                  .as(Role.TECHNOLOGIST, STUDIES)
                  .header("Content-Type", "application/dicom")
                  .timeout(Duration.ofMinutes(4))
                  .POST(BodyPublishers.ofInputStream(() -> file(before, element, pixelBytes)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
      HttpResponse<InputStream> got =
          archive.client.send(
              archive
                  .as(Role.RADIOLOGIST, SERIES + "/instances/2.25.9")
                  .header("Accept", "application/dicom")
                  .timeout(Duration.ofMinutes(4))
                  .build(),
              BodyHandlers.ofInputStream());
      try (InputStream body = got.body()) {
        assertThat(body.transferTo(java.io.OutputStream.nullOutputStream()))
            .isEqualTo((long) before.length + 12 + pixelBytes);
      }
      HttpResponse<byte[]> frame =
          archive.get(SERIES + "/instances/2.25.9/frames/640", "application/octet-stream");
      assertThat(frame.body()).hasSize(1 << 20);
    }
  }

  private static byte[] withoutPixels() {
    return TestFiles.file(
        TestFiles.CT,
        "2.25.9",
        TestFiles.instance(TestFiles.STUDY, TestFiles.SERIES, "2.25.9", TestFiles.CT)
            .us(Tag.SAMPLES_PER_PIXEL, 1)
            .text(Tag.PHOTOMETRIC_INTERPRETATION, leadglass.dicom.data.Vr.CS, "MONOCHROME2")
            .text(Tag.NUMBER_OF_FRAMES, leadglass.dicom.data.Vr.IS, "640")
            .us(Tag.ROWS, 1024)
            .us(Tag.COLUMNS, 512)
            .us(Tag.BITS_ALLOCATED, 16)
            .us(Tag.BITS_STORED, 16)
            .us(Tag.HIGH_BIT, 15)
            .us(Tag.PIXEL_REPRESENTATION, 0)
            .build());
  }

  private static InputStream file(byte[] before, byte[] element, long pixelBytes) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(before);
    head.writeBytes(element);
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(new ByteArrayInputStream(head.toByteArray()), new Counting(pixelBytes))));
  }

  /// Bytes that nobody holds.
  private static final class Counting extends InputStream {
    private long left;

    Counting(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? (int) (left & 0xFF) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      left -= count;
      return count;
    }
  }
}
