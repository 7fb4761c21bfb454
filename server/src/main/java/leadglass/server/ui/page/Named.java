package leadglass.server.ui.page;

import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.dicom.data.Uid;

/// A patient or a study as typed by who sees no lists.
///
/// @param id Patient ID
/// @param study UID, for who has no Patient ID
public record Named(String id, String issuer, String study) {
  public static final Named NOBODY = new Named("", "", "");

  public static Named of(Map<String, String> form) {
    return new Named(
        form.getOrDefault("id", "").strip(),
        form.getOrDefault("issuer", "").strip(),
        form.getOrDefault("study", "").strip());
  }

  /// Whom it names; empty if it names nobody, or both.
  public Optional<About> about() {
    if (!id.isEmpty()) {
      return study.isEmpty() ? Optional.of(new About.Patient(issuer, id)) : Optional.empty();
    }
    return Uid.parse(study).map(About.Study::new);
  }

  /// Never the values.
  @Override
  public String toString() {
    return "Named[]";
  }
}
