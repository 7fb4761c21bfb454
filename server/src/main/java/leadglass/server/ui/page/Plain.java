package leadglass.server.ui.page;

import java.util.stream.Collectors;

/// What a study is, in words that a patient knows.
public final class Plain {
  private Plain() {}

  /// Such as `CT scan: Head`.
  public static String study(StudyRow row) {
    String kinds =
        row.modalities().stream().map(Plain::kind).distinct().collect(Collectors.joining(", "));
    String kind = kinds.isEmpty() ? "Images" : kinds;
    return row.description().isEmpty() ? kind : kind + ": " + row.description();
  }

  /// A value of Modality (0008,0060), PS3.3 §C.7.3.1.1.1.
  private static String kind(String modality) {
    return switch (modality) {
      case "CT" -> "CT scan";
      case "MR" -> "MRI scan";
      case "PT" -> "PET scan";
      case "NM" -> "Nuclear scan";
      case "US", "IVUS" -> "Ultrasound";
      case "CR", "DX", "DR", "RG" -> "X-ray";
      case "MG" -> "Mammogram";
      case "IO", "PX" -> "Dental X-ray";
      case "XA", "RF" -> "X-ray film";
      case "ES" -> "Endoscopy";
      case "OP", "OPT" -> "Eye images";
      case "ECG" -> "ECG";
      case "BMD" -> "Bone density";
      case "SEG", "SR", "PR", "KO", "DOC", "REG" -> "Notes";
      default -> "Images";
    };
  }
}
