package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import leadglass.archive.Role;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.PartTen;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An object larger than the memory of sender and archive together: made while it is sent, never
/// held by either.
class LargeObjectTest {
  private static final String MULTI_FRAME = "1.2.840.10008.5.1.4.1.1.7.3";
  private static final long MEMORY_BYTES_MAX = 600L << 20;
  private static final int FRAME_BYTES = 2 << 20;

  /// `-Dleadglass.test.large-mib=3072` for more.
  private static final int FRAMES = Integer.getInteger("leadglass.test.large-mib", 1024) / 2;

  private static final String STUDY = "2.25.61";
  private static final String SERIES = "2.25.62";

  @TempDir private Path folder;

  /// Frames of 1024 by 1024 words, each word the number of its frame with its place mixed in.
  private static final class Frames extends InputStream {
    private int frame;
    private byte[] now = new byte[0];
    private int at;

    static byte[] frame(int number) {
      ByteBuffer bytes = ByteBuffer.allocate(FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < FRAME_BYTES / 8; i++) {
        bytes.putLong(i * 0x9E3779B97F4A7C15L ^ number);
      }
      return bytes.array();
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == now.length) {
        if (frame == FRAMES) {
          return -1;
        }
        now = frame(++frame);
        at = 0;
      }
      int count = Math.min(length, now.length - at);
      System.arraycopy(now, at, into, offset, count);
      at += count;
      return count;
    }
  }

  private static InputStream dataSet(String instance) {
    byte[] attributes =
        DataSets.encode(
            DataSet.builder()
                .uid(Tag.SOP_CLASS_UID, new Uid(MULTI_FRAME))
                .uid(Tag.SOP_INSTANCE_UID, new Uid(instance))
                .text(Tag.STUDY_DATE, Vr.DA, "20260102")
                .text(Tag.MODALITY, Vr.CS, "OT")
                .text(Tag.PATIENT_NAME, Vr.PN, "Large^Object")
                .text(Tag.PATIENT_ID, Vr.LO, "LARGE")
                .uid(Tag.STUDY_INSTANCE_UID, new Uid(STUDY))
                .uid(Tag.SERIES_INSTANCE_UID, new Uid(SERIES))
                .us(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, Vr.CS, "MONOCHROME2")
                .text(Tag.NUMBER_OF_FRAMES, Vr.IS, Integer.toString(FRAMES))
                .us(Tag.ROWS, 1024)
                .us(Tag.COLUMNS, 1024)
                .us(Tag.BITS_ALLOCATED, 16)
                .us(Tag.BITS_STORED, 16)
                .us(Tag.HIGH_BIT, 15)
                .us(Tag.PIXEL_REPRESENTATION, 0)
                .build());
    byte[] head =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) 0x7FE0)
            .putShort((short) 0x0010)
            .put(new byte[] {'O', 'W', 0, 0})
            .putInt((int) ((long) FRAMES * FRAME_BYTES))
            .array();
    return new SequenceInputStream(
        new ByteArrayInputStream(attributes),
        new SequenceInputStream(new ByteArrayInputStream(head), new Frames()));
  }

  private static InputStream file(String instance) {
    byte[] header =
        PartTen.header(
            new Uid(MULTI_FRAME),
            new Uid(instance),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid());
    return new SequenceInputStream(new ByteArrayInputStream(header), dataSet(instance));
  }

  /// A frame in the middle, which must not cost what the whole would.
  private static void checkMiddle(OpenArchive archive, String instance) throws IOException {
    int middle = FRAMES / 2;
    String address =
        "/dicomweb/studies/%s/series/%s/instances/%s/frames/%d"
            .formatted(STUDY, SERIES, instance, middle);
    long began = System.nanoTime();
    HttpResponse<byte[]> answer =
        archive.web.get(archive.token(Role.RADIOLOGIST), address, "application/octet-stream");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Arrays.equals(answer.body(), Frames.frame(middle))).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void anObjectLargerThanTheMemoryIsStoredByEitherDoorAndGivenFrameByFrame() throws Exception {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(MEMORY_BYTES_MAX);
    try (OpenArchive archive = new OpenArchive(Premises.in(folder))) {
      try (RawScu scu =
          archive
              .association(Premises.CT1)
              .propose(MULTI_FRAME, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
              .timeout(Duration.ofMinutes(2))
              .open()) {
        RawScu.Reply reply = scu.store(1, MULTI_FRAME, "2.25.63", dataSet("2.25.63"));
        assertThat(reply.status()).as(reply.errorComment()).isZero();
        scu.release();
      }
      checkMiddle(archive, "2.25.63");
      HttpResponse<byte[]> posted =
          archive.web.send(
              archive
                  .web
                  .request("/dicomweb/studies")
                  .timeout(Duration.ofMinutes(5))
                  .header("Authorization", "Bearer " + archive.token(Role.TECHNOLOGIST))
                  .header("Content-Type", "application/dicom")
                  .POST(BodyPublishers.ofInputStream(() -> file("2.25.64"))));
      assertThat(posted.statusCode()).as(Web.text(posted)).isEqualTo(200);
      checkMiddle(archive, "2.25.64");
      assertThat(archive.status().bytes()).isGreaterThan(2L * FRAMES * FRAME_BYTES);
    }
  }
}
