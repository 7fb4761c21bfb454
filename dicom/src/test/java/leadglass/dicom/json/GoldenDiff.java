package leadglass.dicom.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares DICOM JSON with a golden, in which large values stand as their digests.
final class GoldenDiff {
  private static final int DIFFERENCES_MAX = 5;

  private static final @Nullable Object UTF_8 =
      Json.parse("{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]}");

  private final List<String> differences = new ArrayList<>();

  private final boolean byPydicom;

  private GoldenDiff(boolean byPydicom) {
    this.byPydicom = byPydicom;
  }

  /// What differs, but for what docs/standard.md says of all files.
  ///
  /// @param byPydicom the golden is pydicom's: it copies (0008,0005) and empty components of names
  static Optional<String> of(@Nullable Object golden, @Nullable Object ours, boolean byPydicom) {
    GoldenDiff diff = new GoldenDiff(byPydicom);
    diff.dataSets("", map(golden), map(ours));
    return diff.differences.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", diff.differences));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> map(@Nullable Object value) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> list(@Nullable Object value) {
    return value == null ? List.of() : (List<@Nullable Object>) value;
  }

  private void differs(String path, @Nullable Object golden, @Nullable Object ours) {
    if (differences.size() < DIFFERENCES_MAX) {
      differences.add(path + ": " + brief(golden) + " but " + brief(ours));
    }
  }

  private static String brief(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  private void dataSets(
      String path, Map<String, @Nullable Object> golden, Map<String, @Nullable Object> ours) {
    TreeSet<String> tags = new TreeSet<>(golden.keySet());
    tags.addAll(ours.keySet());
    for (String tag : tags) {
      if (tag.endsWith("0000")) {
        continue; // group lengths, which pydicom leaves in (PS3.18 §F.2.2)
      }
      boolean mayBeCopied = byPydicom || !path.isEmpty();
      if (tag.equals("00080005") && mayBeCopied && Objects.equals(UTF_8, ours.get(tag))) {
        continue; // DCMTK, too, copies it in items
      }
      if (golden.containsKey(tag) && ours.containsKey(tag)) {
        attributes(path + "/" + tag, map(golden.get(tag)), map(ours.get(tag)));
      } else {
        differs(path + "/" + tag, golden.get(tag), ours.get(tag));
      }
    }
  }

  private void attributes(
      String path, Map<String, @Nullable Object> golden, Map<String, @Nullable Object> ours) {
    String vr = String.valueOf(golden.get("vr"));
    if (!vr.equals(ours.get("vr"))) {
      differs(path, golden, ours);
    } else if (golden.containsKey("x-bulk")) {
      digest(path, map(golden.get("x-bulk")), "length", binary(ours));
    } else if (golden.containsKey("x-text")) {
      String text = String.valueOf(list(ours.get("Value")).getFirst());
      digest(path, map(golden.get("x-text")), "", text.getBytes(StandardCharsets.UTF_8));
    } else if (golden.containsKey("x-values")) {
      values(path, map(golden.get("x-values")), list(ours.get("Value")));
    } else if (golden.containsKey("InlineBinary") || ours.containsKey("InlineBinary")) {
      if (!Objects.equals(golden.get("InlineBinary"), ours.get("InlineBinary"))) {
        differs(path, golden, ours);
      }
    } else {
      lists(path, vr, list(golden.get("Value")), list(ours.get("Value")));
    }
  }

  private void values(
      String path, Map<String, @Nullable Object> golden, List<@Nullable Object> ours) {
    String count = String.valueOf(golden.get("count"));
    if (!count.equals(Integer.toString(ours.size()))
        || !GoldenText.sha256(ours).equals(golden.get("sha256"))) {
      differs(path, golden, ours);
    }
  }

  private static byte[] binary(Map<String, @Nullable Object> ours) {
    return Base64.getDecoder().decode(String.valueOf(ours.getOrDefault("InlineBinary", "")));
  }

  private void digest(
      String path, Map<String, @Nullable Object> golden, String length, byte[] ours) {
    boolean sameLength =
        length.isEmpty()
            || String.valueOf(golden.get(length)).equals(Integer.toString(ours.length));
    if (!sameLength || !sha256(ours).equals(golden.get("sha256"))) {
      differs(path, golden, ours.length);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void lists(
      String path, String vr, List<@Nullable Object> golden, List<@Nullable Object> ours) {
    if (ours.isEmpty() && golden.stream().allMatch(value -> withoutPadding(value, vr) == null)) {
      return;
    }
    if (golden.size() != ours.size()) {
      differs(path, golden, ours);
      return;
    }
    for (int i = 0; i < golden.size(); i++) {
      if (vr.equals("SQ")) {
        dataSets(path + "/" + (i + 1), map(golden.get(i)), map(ours.get(i)));
      } else if (!same(vr, golden.get(i), ours.get(i))) {
        differs(path, golden, ours);
        return;
      }
    }
  }

  /// DCMTK gives floats up to ten digits, and doubles with an error in the last of 17.
  private boolean same(String vr, @Nullable Object golden, @Nullable Object ours) {
    if (golden instanceof Json.Digits a && ours instanceof Json.Digits b) {
      double first = a.value().doubleValue();
      double second = b.value().doubleValue();
      return switch (vr) {
        case "FL" -> (float) first == (float) second;
        case "FD" -> Math.abs(first - second) <= 4 * Math.ulp(first);
        default -> a.value().compareTo(b.value()) == 0;
      };
    }
    return Objects.equals(withoutPadding(golden, vr), withoutPadding(ours, vr));
  }

  /// Trailing spaces and empty components of names mean nothing (PS3.5 §6.2, §6.2.1.1).
  private @Nullable Object withoutPadding(@Nullable Object value, String vr) {
    if (value instanceof String text) {
      String shorter = text.replaceAll("[ \\u0000]+$", "");
      return byPydicom && shorter.isEmpty() ? null : shorter;
    }
    boolean nothing =
        byPydicom
            && vr.equals("PN")
            && value != null
            && map(value).values().stream().allMatch(g -> String.valueOf(g).matches("\\^*"));
    return nothing ? null : value;
  }
}
