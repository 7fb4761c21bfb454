package leadglass.archive;

import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;

/// What there is to say of how an instance came. Kept beside its attributes, sealed with them and
/// true for as long as it is held, in a private block of which no list is told.
enum Came {
  /// Over a lane, into a study that was still coming.
  LANE,
  /// Over a lane, for a study that had settled.
  LATE,
  /// Over a lane that had ended.
  LANE_ENDED,
  /// From a device whose certificate had ended.
  CERTIFICATE_ENDED;

  /// Ours alone: what is kept of a data set that comes has no element of a private group.
  private static final int CREATOR = 0x00090010;

  private static final int CAME = 0x00091001;

  DataSet in(DataSet attributes) {
    DataSet.Builder marked = copy(attributes);
    marked.text(CREATOR, Vr.LO, "LEADGLASS CAME");
    return marked.text(CAME, Vr.CS, name()).build();
  }

  static Optional<Came> of(DataSet attributes) {
    String word = attributes.string(CAME).orElse("");
    for (Came each : values()) {
      if (each.name().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// The attributes as they came.
  static DataSet without(DataSet attributes) {
    return attributes.contains(CAME) ? copy(attributes).build() : attributes;
  }

  private static DataSet.Builder copy(DataSet attributes) {
    DataSet.Builder copy = DataSet.builder();
    attributes.forEach(element -> {
      if (Tag.group(element.tag()) != Tag.group(CAME)) {
        copy.add(element);
      }
    });
    return copy;
  }

  /// For the trail.
  String words() {
    return switch (this) {
      case LANE -> "over a lane";
      case LATE -> "kept apart: over a lane, its study had settled";
      case LANE_ENDED -> "kept apart: over a lane that has ended";
      case CERTIFICATE_ENDED -> "kept apart: the device's certificate has ended";
    };
  }
}
