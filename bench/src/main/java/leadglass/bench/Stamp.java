package leadglass.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A finished message whose identifiers can be written over: a thousand instances then take the
/// memory of one, and the sender's work while the clock runs is a few short copies.
final class Stamp {
  /// Identifiers lie before the pixels.
  private static final int FRONT_BYTES = 8 << 10;

  private static final List<Function<Naming, String>> FIELDS =
      List.of(
          Naming::studyUid,
          Naming::seriesUid,
          Naming::sopInstanceUid,
          Naming::patientId,
          Naming::accessionNumber,
          Naming::patientName,
          Naming::studyDate,
          Naming::instanceNumber);

  private final byte[] bytes;
  private final List<Place> places = new ArrayList<>();

  private record Place(int at, Function<Naming, String> field) {}

  /// @param bytes made for [Naming#BLANK], and owned from here on
  Stamp(byte[] bytes) {
    this.bytes = bytes;
    String front =
        new String(bytes, 0, Math.min(bytes.length, FRONT_BYTES), StandardCharsets.ISO_8859_1);
    for (Function<Naming, String> field : FIELDS) {
      String blank = field.apply(Naming.BLANK);
      for (int at = front.indexOf(blank); at >= 0; at = front.indexOf(blank, at + 1)) {
        places.add(new Place(at, field));
      }
    }
  }

  /// The message for this instance, until the next call.
  byte[] with(Naming naming) {
    for (Place place : places) {
      byte[] value = place.field().apply(naming).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(value, 0, bytes, place.at(), value.length);
    }
    return bytes;
  }
}
