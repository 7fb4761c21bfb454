package leadglass.dicom.charset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// PS3.3 §C.12.1.1.2, PS3.5 §6.1 and the examples of its Annexes H, I, J and K.
class CharacterSetTest {

  private static CharacterSet set(String value) {
    return CharacterSet.named(value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ISO_IR 6,   41,   A",
    "ISO_IR 100, E9,   é",
    "ISO_IR 101, A3,   Ł",
    "ISO_IR 109, A6,   Ĥ",
    "ISO_IR 110, A6,   Ļ",
    "ISO_IR 126, E1,   α",
    "ISO_IR 127, C7,   ا",
    "ISO_IR 138, E0,   א",
    "ISO_IR 144, BB,   Л",
    "ISO_IR 148, FD,   ı",
    "ISO_IR 166, A1,   ก",
    "ISO_IR 203, A4,   €",
    "ISO_IR 13,  D4,   ﾔ",
    "ISO_IR 192, C3A9, é",
    "GB18030,    8130 8130, \u0080",
    "GB18030,    CDF5, 王",
    "GBK,        CDF5, 王",
  })
  void everyTermWithoutCodeExtensionsIsDecoded(String term, String hex, String text) {
    CharacterSet set = set(term);

    assertThat(set.isKnown()).isTrue();
    assertThat(set.decode(bytes(hex), Vr.LO)).isEqualTo(text);
  }

  //                                         ESC - A é          and back to the first term's set
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ISO 2022 IR 100, 1B 2D 41 E9,    é",
    "ISO 2022 IR 101, 1B 2D 42 A3,    Ł",
    "ISO 2022 IR 109, 1B 2D 43 A6,    Ĥ",
    "ISO 2022 IR 110, 1B 2D 44 A6,    Ļ",
    "ISO 2022 IR 126, 1B 2D 46 E1,    α",
    "ISO 2022 IR 127, 1B 2D 47 C7,    ا",
    "ISO 2022 IR 138, 1B 2D 48 E0,    א",
    "ISO 2022 IR 144, 1B 2D 4C BB,    Л",
    "ISO 2022 IR 148, 1B 2D 4D FD,    ı",
    "ISO 2022 IR 166, 1B 2D 54 A1,    ก",
    "ISO 2022 IR 203, 1B 2D 62 A4,    €",
    "ISO 2022 IR 13,  1B 29 49 D4,    ﾔ",
    "ISO 2022 IR 13,  1B 28 4A 5C 7E, ¥‾",
    "ISO 2022 IR 87,  1B 24 42 3B33,  山",
    "ISO 2022 IR 87,  1B 24 40 3B33,  山",
    "ISO 2022 IR 159, 1B 24 28 44 3021, 丂",
    "ISO 2022 IR 149, 1B 24 29 43 B1E8, 김",
    "ISO 2022 IR 58,  1B 24 29 41 CDF5, 王",
  })
  void everyTermWithCodeExtensionsIsDecodedAfterItsEscape(String term, String hex, String text) {
    CharacterSet set = set("\\" + term);

    assertThat(set.isKnown()).isTrue();
    assertThat(set.decode(bytes(hex), Vr.LT)).isEqualTo(text);
  }

  @Test
  void escapesThatNoTermNamedWorkAllTheSame() {
    assertThat(set("ISO 2022 IR 100").decode(bytes("1B 2D 4C BB"), Vr.LO)).isEqualTo("Л");
  }

  @Test
  void japaneseNamesHaveThreeGroupsInThreeSets() {
    // PS3.5 Annex H.3.1: Yamada^Tarou=山田^太郎=やまだ^たろう
    byte[] name =
        bytes(
            """
            59616D6164615E5461726F75 3D
            1B2442 3B334544 1B2842 5E 1B2442 42404F3A 1B2842 3D
            1B2442 245E2464245E2440 1B2842 5E 1B2442 243F246D2426 1B2842
            """
                .replace("\n", "")
                .replace("245E2464245E2440", "2464245E2440"));

    assertThat(set("\\ISO 2022 IR 87").decode(name, Vr.PN)).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
  }

  @Test
  void japaneseKatakanaNamesBeginInJisX0201() {
    // PS3.5 Annex H.3.2: ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう
    byte[] name =
        bytes(
            ("D4CFC0DE 5E C0DBB3 3D"
                    + "1B2442 3B334544 1B284A 5E 1B2442 42404F3A 1B284A 3D"
                    + "1B2442 2464245E2440 1B284A 5E 1B2442 243F246D2426 1B284A")
                .replace(" ", ""));

    assertThat(set("ISO 2022 IR 13\\ISO 2022 IR 87").decode(name, Vr.PN))
        .isEqualTo("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
  }

  @Test
  void koreanNamesDesignateG1InEachComponent() {
    // PS3.5 Annex I.2: Hong^Gildong=洪^吉洞=홍^길동
    byte[] name =
        bytes(
            ("486F6E67 5E 47696C646F6E67 3D"
                    + "1B242943 FBF3 5E 1B242943 D1CED4D7 3D"
                    + "1B242943 C8AB 5E 1B242943 B1E6B5BF")
                .replace(" ", ""));

    assertThat(set("\\ISO 2022 IR 149").decode(name, Vr.PN)).isEqualTo("Hong^Gildong=洪^吉洞=홍^길동");
  }

  @Test
  void designationsEndAtTheDelimitersOfTheVr() {
    //                 ESC $ ) C   洪    ^  then the same bytes without a designation
    byte[] name = bytes("1B242943 FBF3 5E FBF3");
    CharacterSet set = set("\\ISO 2022 IR 149");

    assertThat(set.decode(name, Vr.PN)).isEqualTo("洪^\uFFFD\uFFFD");
    assertThat(set.decode(name, Vr.LO)).isEqualTo("洪^洪");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"0A, a line feed", "0D, a carriage return", "0C, a form feed", "09, a tab"})
  void designationsEndAtControlCharacters(String control, String name) {
    byte[] text = bytes("1B242943 FBF3" + control + "FBF3");

    assertThat(set("\\ISO 2022 IR 149").decode(text, Vr.LT)).as(name).endsWith("\uFFFD\uFFFD");
  }

  @Test
  void aBackslashPartsValuesAndEndsDesignations() {
    byte[] two = bytes("1B242943 FBF3 5C FBF3");
    CharacterSet set = set("\\ISO 2022 IR 149");

    assertThat(set.decodeValues(two, Vr.LO)).containsExactly("洪", "\uFFFD\uFFFD");
    assertThat(set.decodeValues(two, Vr.LT)).containsExactly("洪\\洪");
  }

  @Test
  void theSecondHalfOfATwoByteCharacterIsNoDelimiter() {
    // JIS X 0208 row 37 cell 60: 45 5C; row 4 cell 62: 24 5E.
    assertThat(set("\\ISO 2022 IR 87").decodeValues(bytes("1B2442 455C 245E 1B2842 5C 41"), Vr.LO))
        .hasSize(2)
        .last()
        .isEqualTo("A");
  }

  @Test
  void theSecondByteOfGbkIsNoDelimiter() {
    // 誠 is D5 5C in GBK.
    assertThat(set("GBK").decodeValues(bytes("D55C 5C 41"), Vr.LO)).containsExactly("誠", "A");
    assertThat(set("GB18030").decodeValues(bytes("D55C 5C 41"), Vr.LO)).containsExactly("誠", "A");
  }

  @Test
  void aYenSignPartsValuesOnlyWhereItIsFiveC() {
    assertThat(set("ISO_IR 13").decodeValues(bytes("D4 5C D4"), Vr.LO)).containsExactly("ﾔ", "ﾔ");
    assertThat(set("ISO_IR 100").decodeValues(bytes("A5 31"), Vr.LO)).containsExactly("¥1");
    assertThat(set("ISO_IR 192").decodeValues(bytes("C2A5 31"), Vr.LO)).containsExactly("¥1");
  }

  @Test
  void textOfOtherVrsIsInTheDefaultRepertoire() {
    assertThat(set("ISO_IR 144").decode(bytes("BB"), Vr.CS)).isEqualTo("»");
    assertThat(set("ISO_IR 13").decodeValues(bytes("41 5C 42"), Vr.CS)).containsExactly("A", "B");
  }

  @Test
  void paddingIsRemovedWhereItMeansNothing() {
    CharacterSet set = CharacterSet.DEFAULT;

    assertThat(set.decodeValues(bytes("20 41 20 5C 20 42 20 00"), Vr.LO)).containsExactly("A", "B");
    assertThat(set.decodeValues(bytes("20 41 5C 42 20"), Vr.LT)).containsExactly(" A\\B");
    assertThat(set.decodeValues(bytes("0A 41"), Vr.LO)).containsExactly("\nA");
    assertThat(set.decodeValues(bytes("20 41 20"), Vr.UC)).containsExactly(" A");
  }

  @Test
  void withoutACharacterSetUtf8OrLatin1IsGuessed() {
    assertThat(CharacterSet.DEFAULT.decode(bytes("C3A9"), Vr.LO)).isEqualTo("é");
    assertThat(CharacterSet.DEFAULT.decode(bytes("E9"), Vr.LO)).isEqualTo("é");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO_IR 9999", "ISO-IR 100", "UTF-8", "\\ISO 2022 IR 7", "?"})
  void unknownTermsAreToldAndReadAllTheSame(String term) {
    CharacterSet set = set(term);

    assertThat(set.isKnown()).isFalse();
    assertThat(set.decode(bytes("41"), Vr.LO)).isEqualTo("A");
  }

  @Test
  void anEmptyTermIsTheDefaultRepertoire() {
    assertThat(set("")).isSameAs(CharacterSet.DEFAULT);
    assertThat(CharacterSet.of(List.of())).isSameAs(CharacterSet.DEFAULT);
    assertThat(set("ISO_IR 100 ").terms()).containsExactly("ISO_IR 100");
  }

  @Test
  void setsThatStandAloneStandAlone() {
    assertThat(set("ISO_IR 192\\ISO 2022 IR 87").isKnown()).isFalse();
    assertThat(set("ISO_IR 192\\ISO 2022 IR 87").decode(bytes("C3A9"), Vr.LO)).isEqualTo("é");
  }

  @Test
  void encodesWhatItsSetCanSay() {
    assertThat(set("ISO_IR 192").encode("é")).isEqualTo(bytes("C3A9"));
    assertThat(set("ISO_IR 100").encode("éЛ")).isEqualTo(bytes("E9 3F"));
    assertThat(set("GB18030").encode("王")).isEqualTo(bytes("CDF5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ISO_IR 13",
        "ISO_IR 100",
        "ISO_IR 166",
        "ISO_IR 192",
        "GB18030",
        "GBK",
        "ISO_IR 0",
        "\\ISO 2022 IR 87\\ISO 2022 IR 159",
        "ISO 2022 IR 13\\ISO 2022 IR 87",
        "\\ISO 2022 IR 149",
        "\\ISO 2022 IR 58",
        "ISO 2022 IR 149"
      })
  void anyBytesAreDecodedWithoutAnException(String terms) {
    Random random = new Random(20);
    byte[] telling = bytes("1B 24 28 29 2D 42 43 44 49 4A 5C 5E 3D 0A 8F 81 FF");
    CharacterSet set = set(terms);
    for (int run = 0; run < 3_000; run++) {
      byte[] value = new byte[random.nextInt(24)];
      random.nextBytes(value);
      for (int i = 0; i < value.length; i++) {
        if (random.nextInt(3) == 0) {
          value[i] = telling[random.nextInt(telling.length)];
        }
      }
      for (Vr vr : List.of(Vr.PN, Vr.LO, Vr.LT, Vr.UC, Vr.CS)) {
        assertThatCode(() -> set.decodeValues(value, vr))
            .as(HexFormat.of().formatHex(value))
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest(name = "{0} says {1}: {2}")
  @CsvSource({
    "'',              Doe^Jane,      true",
    "'',              Müller,        false",
    "ISO_IR 100,      Müller,        true",
    "ISO_IR 100,      山田,           false",
    "ISO_IR 192,      山田,           true",
    "GB18030,         山田,           true",
    "ISO 2022 IR 87,  山田,           false",
    "NO SUCH SET,     Doe,           false",
  })
  void aTextThatASetSaysComesBack(String term, String text, boolean says) {
    CharacterSet characterSet = CharacterSet.of(List.of(term));
    assertThat(characterSet.expresses(text)).isEqualTo(says);
    if (says) {
      assertThat(characterSet.decode(characterSet.encode(text), Vr.LO)).isEqualTo(text);
    }
  }
}
