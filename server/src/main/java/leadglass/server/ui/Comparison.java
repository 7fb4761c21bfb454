package leadglass.server.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.Function;
import leadglass.archive.Quarantine;
import leadglass.archive.Quarantine.Side;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.Deciding.Line;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.PersonName;
import leadglass.server.ui.page.Shown;

/// Two images side by side: what each says, and where they differ.
final class Comparison {
  private static final int STATION_NAME = 0x00081010;
  private static final int MANUFACTURER = 0x00080070;

  /// Something both say.
  private record Said(String label, Function<Side, String> of) {}

  /// In the order a person compares.
  private static final List<Said> ALL =
      List.of(
          new Said("Patient", Comparison::patient),
          new Said("Patient ID", side -> text(side, Tag.PATIENT_ID)),
          new Said("Birth date", side -> day(side, Tag.PATIENT_BIRTH_DATE)),
          new Said("Sex", side -> text(side, Tag.PATIENT_SEX)),
          new Said("Date of the study", Comparison::studied),
          new Said("Exam", side -> text(side, Tag.STUDY_DESCRIPTION)),
          new Said("Accession number", side -> text(side, Tag.ACCESSION_NUMBER)),
          new Said(
              "Series",
              side -> texts(side, Tag.MODALITY, Tag.SERIES_NUMBER, Tag.SERIES_DESCRIPTION)),
          new Said("Image number", side -> text(side, Tag.INSTANCE_NUMBER)),
          new Said("Points and frames", Comparison::size),
          new Said("Device", side -> texts(side, STATION_NAME, MANUFACTURER)),
          new Said("Kind", side -> named(side.sopClass())),
          new Said("Encoding", side -> named(side.transferSyntax())),
          new Said("Bytes", side -> Amount.number(side.bytes())),
          new Said("Series Instance UID", side -> side.series().value()));

  private Comparison() {}

  static List<Line> lines(Quarantine.Pair pair) {
    List<Line> lines = new ArrayList<>();
    Side apart = pair.apart();
    Optional<Side> kept = pair.kept();
    for (Said each : ALL) {
      String ours = kept.map(each.of()).orElse("");
      String theirs = each.of().apply(apart);
      if (!ours.isEmpty() || !theirs.isEmpty()) {
        lines.add(line(each.label(), kept.isPresent(), ours, theirs));
      }
    }
    lines.add(
        line(
            "Study Instance UID",
            kept.isPresent(),
            pair.keptStudy().map(Uid::value).orElse(""),
            pair.entry().study().value()));
    return lines;
  }

  private static Line line(String label, boolean both, String ours, String theirs) {
    return new Line(label, ours, theirs, both && !ours.equals(theirs));
  }

  /// Address of a preview of the one that is here.
  static String keptPicture(Quarantine.Pair pair, int points) {
    Optional<Side> kept = pair.kept();
    Optional<Uid> study = pair.keptStudy();
    return kept.isEmpty() || study.isEmpty()
        ? ""
        : "/dicomweb/studies/"
            + study.get().value()
            + "/series/"
            + kept.get().series().value()
            + "/instances/"
            + pair.entry().sopInstance().value()
            + "/thumbnail?viewport="
            + points
            + ","
            + points;
  }

  private static String patient(Side side) {
    PersonName name = PersonName.of(side.attributes().string(Tag.PATIENT_NAME).orElse(""));
    return (name.first() + " " + name.beside()).strip();
  }

  private static String studied(Side side) {
    String time = Moment.time(side.attributes().string(Tag.STUDY_TIME).orElse(""));
    return (day(side, Tag.STUDY_DATE) + " " + time).strip();
  }

  private static String size(Side side) {
    OptionalInt rows = side.attributes().integer(Tag.ROWS);
    OptionalInt columns = side.attributes().integer(Tag.COLUMNS);
    if (rows.isEmpty() || columns.isEmpty()) {
      return "";
    }
    String frames = text(side, Tag.NUMBER_OF_FRAMES);
    String size = columns.getAsInt() + " × " + rows.getAsInt();
    return frames.isEmpty() || frames.equals("1") ? size : size + ", " + frames + " frames";
  }

  private static String text(Side side, int tag) {
    return Shown.text(side.attributes().string(tag).orElse(""));
  }

  private static String texts(Side side, int... tags) {
    StringJoiner all = new StringJoiner(" ");
    for (int tag : tags) {
      String text = text(side, tag);
      if (!text.isEmpty()) {
        all.add(text);
      }
    }
    return all.toString();
  }

  private static String day(Side side, int tag) {
    return side.attributes().string(tag).flatMap(Moment::date).map(Moment::day).orElse("");
  }

  private static String named(Uid uid) {
    return Uids.find(uid).map(Uids.Registered::name).orElse(uid.value());
  }
}
