package leadglass.testkit.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// QIDO-RS over what an archive lists (PS3.18 §10.6).
///
/// @param emptyIs 204 or 200, for no match
record Qido(Archive archive, int emptyIs) {
  private static final int ROWS_USUAL = 100;
  private static final Set<String> NO_KEYS =
      Set.of("limit", "offset", "includefield", "fuzzymatching", "orderby");
  private static final Set<Integer> NUMBERS =
      Set.of(Attributes.STUDY_SERIES, Attributes.STUDY_IMAGES);

  private static final Map<String, Integer> KEYWORDS =
      Map.of(
          "StudyDate", Attributes.STUDY_DATE,
          "AccessionNumber", Attributes.ACCESSION_NUMBER,
          "ModalitiesInStudy", Attributes.MODALITIES,
          "StudyDescription", Attributes.STUDY_DESCRIPTION,
          "PatientName", Attributes.PATIENT_NAME,
          "PatientID", Attributes.PATIENT_ID,
          "PatientBirthDate", Attributes.BIRTH_DATE,
          "StudyInstanceUID", Attributes.STUDY_UID,
          "SeriesInstanceUID", Attributes.SERIES_UID);

  HttpReply search(HttpRequest request) {
    Map<Integer, String> keys = new HashMap<>();
    for (Map.Entry<String, String> each : request.query().entrySet()) {
      String name = each.getKey();
      if (NO_KEYS.contains(name)) {
        continue;
      }
      int tag = tag(name);
      if (tag == 0) {
        return HttpReply.of(400, "text/plain", "Unknown attribute\n");
      }
      keys.put(tag, each.getValue());
    }
    List<String> rows = rows(request, keys);
    if (rows.isEmpty() && emptyIs == 204) {
      return HttpReply.noContent();
    }
    return HttpReply.of(200, "application/dicom+json", "[" + String.join(",", rows) + "]")
        .with("Content-Disposition", "inline; filename=\"" + archive.names().fileName() + "\"");
  }

  private List<String> rows(HttpRequest request, Map<Integer, String> keys) {
    List<String> rows = new ArrayList<>();
    int limit = request.number("limit", ROWS_USUAL);
    int skipped = request.number("offset", 0);
    for (int i : archive.candidates(keys.getOrDefault(Attributes.STUDY_UID, "")).toArray()) {
      if (rows.size() >= limit) {
        break;
      }
      Map<Integer, String> row = archive.study(i).attributes();
      if (matches(keys, row) && --skipped < 0) {
        rows.add(json(row));
      }
    }
    return rows;
  }

  private static boolean matches(Map<Integer, String> keys, Map<Integer, String> row) {
    return keys.entrySet().stream()
        .allMatch(each ->
            each.getValue().isEmpty()
                || Wanted.matches(
                    each.getValue().replace(',', '\\'), row.getOrDefault(each.getKey(), "")));
  }

  /// @return 0 if there is no such attribute
  private static int tag(String name) {
    if (name.matches("[0-9A-Fa-f]{8}")) {
      int tag = Integer.parseUnsignedInt(name, 16);
      return Attributes.known(tag) ? tag : 0;
    }
    return KEYWORDS.getOrDefault(name, 0);
  }

  static String json(Map<Integer, String> row) {
    List<String> elements = new ArrayList<>();
    new TreeMap<>(row)
        .forEach((tag, text) -> {
          String vr = Attributes.vr(tag);
          String value =
              NUMBERS.contains(tag)
                  ? text
                  : vr.equals("PN") ? "{\"Alphabetic\":\"" + text + "\"}" : quoted(text);
          elements.add("\"%08X\":{\"vr\":\"%s\",\"Value\":[%s]}".formatted(tag, vr, value));
        });
    return "{" + String.join(",", elements) + "}";
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }
}
