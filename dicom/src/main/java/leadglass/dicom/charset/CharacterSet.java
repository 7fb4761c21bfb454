package leadglass.dicom.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/// What the text of a data set is encoded in (PS3.3 §C.12.1.1.2). Immutable.
///
/// Decoding never fails: what can't be decoded becomes U+FFFD, and an unknown character set is read
/// as UTF-8 where the bytes are that, else as Latin-1, and [#isKnown()] tells.
public final class CharacterSet {

  /// No Specific Character Set: the default repertoire, ISO_IR 6.
  public static final CharacterSet DEFAULT =
      new CharacterSet(List.of(), StandardCharsets.US_ASCII, null, true);

  private static final Map<String, CharacterSet> KNOWN = new ConcurrentHashMap<>();
  private static final int KNOWN_MAX = 256;

  private final List<String> terms;
  private final Charset charset;
  private final @Nullable CodeExtensions extensions;
  private final boolean known;

  private CharacterSet(
      List<String> terms, Charset charset, @Nullable CodeExtensions extensions, boolean known) {
    this.terms = List.copyOf(terms);
    this.charset = charset;
    this.extensions = extensions;
    this.known = known;
  }

  /// From the value of (0008,0005) as it stands in a data set.
  public static CharacterSet named(byte[] value) {
    String text = new String(value, StandardCharsets.ISO_8859_1);
    CharacterSet found = KNOWN.get(text);
    if (found == null) {
      List<String> terms = new ArrayList<>();
      for (String term : text.split("\\\\", -1)) {
        terms.add(term.replace('\0', ' ').strip());
      }
      found = of(terms);
      if (KNOWN.size() < KNOWN_MAX) {
        KNOWN.put(text, found);
      }
    }
    return found;
  }

  /// From the defined terms of (0008,0005), the first of which may be empty.
  public static CharacterSet of(List<String> terms) {
    if (terms.isEmpty() || (terms.size() == 1 && terms.getFirst().isEmpty())) {
      return DEFAULT;
    }
    String first = terms.getFirst();
    Charset whole = Repertoires.withoutExtensions(first);
    if (whole != null) {
      return new CharacterSet(terms, whole, null, terms.size() == 1);
    }
    boolean allKnown = terms.stream().allMatch(Repertoires::isKnown);
    Charset single = Repertoires.singleByte(first);
    if (single == null) {
      return new CharacterSet(terms, StandardCharsets.US_ASCII, null, false);
    }
    // A lone term without code extensions still gets the parser when it is of ISO 2022: files that
    // name only "ISO 2022 IR 87" switch sets all the same.
    boolean extended = terms.size() > 1 || first.startsWith("ISO 2022");
    CodeExtensions extensions = extended ? new CodeExtensions(first) : null;
    return new CharacterSet(terms, single, extensions, allKnown);
  }

  /// The defined terms it was made of.
  public List<String> terms() {
    return terms;
  }

  /// Whether every term is one of the standard's.
  public boolean isKnown() {
    return known;
  }

  /// Text of a value that is not split.
  public String decode(byte[] value, Vr vr) {
    return String.join("\\", decodeValues(value, vr));
  }

  /// The values of an attribute: split at backslashes where the VR says so, trailing padding
  /// removed, and leading spaces too where they mean nothing.
  public List<String> decodeValues(byte[] value, Vr vr) {
    List<String> texts = split(value, vr);
    List<String> trimmed = new ArrayList<>(texts.size());
    for (String text : texts) {
      String shorter = withoutPadding(text);
      trimmed.add(vr.isSplitByBackslash() && vr != Vr.UC ? withoutLeadingSpaces(shorter) : shorter);
    }
    return trimmed;
  }

  private List<String> split(byte[] value, Vr vr) {
    if (vr.isLocalText() && extensions != null) {
      return extensions.decode(value, vr == Vr.PN, vr.isSplitByBackslash());
    }
    String text = vr.isLocalText() ? plain(value) : ascii(value);
    boolean romaji = vr.isLocalText() && charset.equals(Repertoires.JIS_X_0201);
    return vr.isSplitByBackslash() ? Repertoires.split(text, romaji ? '¥' : '\\') : List.of(text);
  }

  private String plain(byte[] value) {
    if (isAscii(value)) {
      return ascii(value);
    }
    if (charset.equals(StandardCharsets.US_ASCII)) {
      return guess(value);
    }
    String text = new String(value, charset);
    return charset.equals(Repertoires.JIS_X_0201) ? Repertoires.romaji(text) : text;
  }

  private static String guess(byte[] value) {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(value));
      return text.toString();
    } catch (CharacterCodingException _) {
      return new String(value, StandardCharsets.ISO_8859_1);
    }
  }

  private boolean isAscii(byte[] value) {
    boolean romaji = charset.equals(Repertoires.JIS_X_0201);
    for (byte b : value) {
      if (b < 0 || (romaji && (b == '~' || b == '\\'))) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  private static String withoutLeadingSpaces(String text) {
    int from = 0;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    return text.substring(from);
  }

  private static String withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == 0)) {
      end--;
    }
    return text.substring(0, end);
  }

  /// Whether [#encode] says all of a text.
  public boolean expresses(String text) {
    return known && charset.newEncoder().canEncode(text) && plain(encode(text)).equals(text);
  }

  /// Text as bytes; what this set can't say becomes a question mark. Code extensions are not used:
  /// Leadglass writes UTF-8 wherever it has the choice.
  public byte[] encode(String text) {
    return text.getBytes(charset);
  }
}
