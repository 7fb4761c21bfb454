package leadglass.survey.http;

import java.io.IOException;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// Reads one answer (RFC 9112) past the watches, bounded everywhere.
final class Reading {
  private static final int HEAD_OCTETS_MAX = 64 << 10;
  private static final int FIELDS_MAX = 200;
  private static final int INTERIM_MAX = 4;
  private static final int BODY_OCTETS_MAX = 256 << 10;
  private static final int CHUNKS_MAX = 64 << 10;

  private final Line line;
  private final Fields fields;
  private final Octets octets = new Octets();
  private int headLeft = HEAD_OCTETS_MAX;
  private int bodyLeft = BODY_OCTETS_MAX;

  Reading(Line line, Fields fields) {
    this.line = line;
    this.fields = fields;
  }

  Heard read(Method method, Watch... watches) throws IOException {
    try {
      int status = status();
      for (int interim = 0; status < 200; interim++) {
        if (interim == INTERIM_MAX || status == 101) {
          throw nonsense();
        }
        while (!nextIsEmpty()) {
          // What an interim answer says is not the answer.
        }
        status = status();
      }
      int count = 0;
      while (!nextIsEmpty()) {
        if (++count > FIELDS_MAX) {
          throw new WireFault(WireFault.Kind.TOO_MUCH);
        }
        fields.field(octets);
      }
      if (fields.lengthBroken() && !fields.chunked()) {
        throw nonsense();
      }
      boolean bodied = method != Method.HEAD && status != 204 && status != 304;
      boolean cut = bodied && watches.length > 0 && body(watches);
      return new Heard(status, fields.content(), fields.signs(), fields.product(), cut);
    } finally {
      octets.clear();
    }
  }

  private static WireFault nonsense() {
    return new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
  }

  private int status() throws IOException {
    next();
    boolean fits =
        octets.startsWith("http/1.")
            && octets.at(8) == ' '
            && octets.at(9) >= '1'
            && octets.at(9) <= '5'
            && isDigit(octets.at(10))
            && isDigit(octets.at(11))
            && (octets.at(12) == ' ' || octets.at(12) == -1);
    if (!fits) {
      throw nonsense();
    }
    return (octets.at(9) - '0') * 100 + (octets.at(10) - '0') * 10 + octets.at(11) - '0';
  }

  private static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }

  private boolean nextIsEmpty() throws IOException {
    next();
    return octets.isEmpty();
  }

  /// The next line of the head, or of a chunk's.
  private void next() throws IOException {
    octets.clear();
    for (int octet = line.read(); octet != '\n'; octet = line.read()) {
      if (--headLeft < 0) {
        throw new WireFault(WireFault.Kind.TOO_MUCH);
      }
      if (octet != '\r') {
        octets.add(octet);
      }
    }
  }

  /// Whether it was cut.
  private boolean body(Watch... watches) throws IOException {
    if (fields.chunked()) {
      return chunks(watches);
    }
    if (fields.length() >= 0) {
      return part(fields.length(), watches) == Part.CUT;
    }
    for (int octet = line.readOrEnd(); octet >= 0; octet = line.readOrEnd()) {
      if (--bodyLeft < 0) {
        return true;
      }
      if (seen(octet, watches)) {
        return false;
      }
    }
    return false;
  }

  private enum Part {
    DONE,
    SETTLED,
    CUT
  }

  private Part part(long length, Watch... watches) throws IOException {
    for (long left = length; left > 0; left--) {
      if (--bodyLeft < 0) {
        return Part.CUT;
      }
      if (seen(line.read(), watches)) {
        return Part.SETTLED;
      }
    }
    return Part.DONE;
  }

  private boolean chunks(Watch... watches) throws IOException {
    for (int count = 0; count < CHUNKS_MAX; count++) {
      next();
      long size = chunkSize();
      if (size == 0) {
        return false;
      }
      Part part = part(size, watches);
      if (part != Part.DONE) {
        return part == Part.CUT;
      }
      next();
      if (!octets.isEmpty()) {
        throw nonsense();
      }
    }
    return true;
  }

  private long chunkSize() throws WireFault {
    long size = 0;
    int digits = 0;
    for (int digit = hex(0); digit >= 0; digit = hex(digits)) {
      size = size * 16 + digit;
      if (++digits > 15) {
        throw nonsense();
      }
    }
    if (digits == 0) {
      throw nonsense();
    }
    return size;
  }

  private int hex(int index) {
    return octets.at(index) < 0 ? -1 : Character.digit(octets.at(index), 16);
  }

  /// Shows it to all; whether none needs more.
  private static boolean seen(int octet, Watch... watches) {
    boolean settled = true;
    for (Watch each : watches) {
      each.see(octet);
      settled &= each.settled();
    }
    return settled;
  }
}
