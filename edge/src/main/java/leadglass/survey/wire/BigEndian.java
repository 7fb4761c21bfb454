package leadglass.survey.wire;

import java.io.IOException;

/// Numbers as most protocols write them: the highest byte first.
public final class BigEndian {
  private BigEndian() {}

  public static int int16(Line line) throws IOException {
    return line.read() << 8 | line.read();
  }

  public static int int32(Line line) throws IOException {
    return int16(line) << 16 | int16(line);
  }
}
