package leadglass.archive;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.store.StudyName;

/// Keeps a patient's name and ID out of words that outlive them: whoever asks for an erasure tends
/// to write whose.
final class Namesake {
  private static final int PART_CHARS_MIN = 3;

  private Namesake() {}

  /// Why `reason` can't be taken about the patient of `studies`, if it can't.
  static Optional<String> refused(Custody custody, List<StudyName> studies, String reason) {
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return wrong;
    }
    return isNamed(custody, studies, reason)
        ? Optional.of(
            "Don't write who it is: these words stay when the patient is gone. A file number will"
                + " do.")
        : Optional.empty();
  }

  /// Whether `text` names the patient of `studies`.
  static boolean isNamed(Custody custody, List<StudyName> studies, String text) {
    Words typed = Words.of(text);
    return studies.stream()
        .anyMatch(study -> custody.row(study).map(Rows::whole).map(typed::name).orElse(false));
  }

  /// What somebody typed, ready to be compared.
  ///
  /// @param apart its words
  private record Words(String whole, Set<String> apart) {
    static Words of(String text) {
      String whole = folded(text);
      return new Words(whole, Set.copyOf(List.of(whole.split("[^\\p{L}\\p{N}]+", -1))));
    }

    /// Whether they name the patient of a study.
    boolean name(DataSet row) {
      return Stream.of(Tag.PATIENT_ID, Tag.PATIENT_BIRTH_DATE)
              .flatMap(tag -> row.strings(tag).stream())
              .anyMatch(value -> value.length() >= PART_CHARS_MIN && whole.contains(folded(value)))
          || row.strings(Tag.PATIENT_NAME).stream()
              .flatMap(value -> Stream.of(value.split("[\\^= ]", -1)))
              .anyMatch(this::hasPart);
    }

    private boolean hasPart(String piece) {
      boolean ideographic = piece.codePoints().anyMatch(Character::isIdeographic);
      return ideographic
          ? whole.contains(folded(piece))
          : piece.length() >= PART_CHARS_MIN && apart.contains(folded(piece));
    }
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }
}
