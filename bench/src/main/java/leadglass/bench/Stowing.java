package leadglass.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// STOW-RS, one CT instance a request.
final class Stowing implements Lanes.Lane {
  private static final int SLICES = 16;
  private static final String TYPE =
      "multipart/related; type=\"application/dicom\"; boundary=bench";

  private final Web web;
  private final int group;
  private final List<Stamp> bodies = new ArrayList<>();

  private Stowing(Program program, int group) throws IOException {
    this.web = new Web(program);
    this.group = group;
    for (int slice = 0; slice < SLICES; slice++) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(ascii("--bench\r\nContent-Type: application/dicom\r\n\r\n"));
      byte[] dataSet = DataSets.whole(Shape.CT, Naming.BLANK, slice);
      body.writeBytes(DataSets.partTen(Shape.CT, Naming.BLANK, dataSet));
      body.writeBytes(ascii("\r\n--bench--\r\n"));
      bodies.add(new Stamp(body.toByteArray()));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static Row run(Program program, int group, int connections, int count)
      throws IOException, InterruptedException {
    long bytes = DataSets.whole(Shape.CT, Naming.BLANK, 0).length;
    return Lanes.run(
        "STOW-RS ct", program, connections, count, bytes * count, _ -> new Stowing(program, group));
  }

  @Override
  public void work(int i) throws IOException {
    byte[] body = bodies.get(i % SLICES).with(Storing.naming(group, i));
    Web.Answer answer = web.post("/dicomweb/studies", TYPE, body);
    if (!answer.isSuccess()) {
      throw new IOException("STOW-RS status " + answer.status() + " " + answer.words());
    }
  }

  @Override
  public void close() throws IOException {
    web.close();
  }
}
