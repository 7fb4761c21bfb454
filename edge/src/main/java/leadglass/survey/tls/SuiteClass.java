package leadglass.survey.tls;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Cipher suites by what is wrong with them (RFC 9325 §4.1), by their IANA numbers.
public enum SuiteClass {
  /// No encryption at all.
  NULL("0001 0002 003B 002C 002D 002E C001 C006 C00B C010 C015"),
  /// Whoever is in between can be either side.
  ANONYMOUS("0018 001A 001B 0034 003A 006C 006D 0046 0089 009B 00A6 00A7 C016 C017 C018 C019"),
  /// 40 bits, or 56.
  EXPORT("0003 0006 0008 000B 000E 0011 0014 0017 0019 0060 0061 0062 0063 0064 0065"),
  RC4("0004 0005 0066 C002 C007 C00C C011"),
  /// DES, and blocks of 64 bits.
  DES("0009 0007 000A 000C 000D 000F 0010 0012 0013 0015 0016 C003 C008 C00D C012"),
  /// No forward secrecy.
  STATIC_RSA("002F 0035 003C 003D 0041 0084 0096 009C 009D C09C C09D"),
  /// Forward secrecy, and CBC.
  CBC(
      "0033 0039 0067 006B 0032 0038 0040 006A 0045 0088 C009 C00A C013 C014 C023 C024 "
          + "C027 C028"),
  /// What RFC 9325 asks for, in TLS 1.2.
  GOOD("C02B C02C C02F C030 CCA8 CCA9 CCAA 009E 009F C09E C09F C0AC C0AD");

  /// What nobody should accept.
  public static final List<SuiteClass> WEAK = List.of(NULL, ANONYMOUS, EXPORT, RC4, DES);

  private final String suites; // in hexadecimal, a space between two

  SuiteClass(String suites) {
    this.suites = suites;
  }

  int[] suites() {
    return Stream.of(suites.split(" ", -1)).mapToInt(each -> Integer.parseInt(each, 16)).toArray();
  }

  /// The class of a suite; empty if it is in none.
  static Optional<SuiteClass> of(int suite) {
    String wanted = HexFormat.of().withUpperCase().toHexDigits((short) suite);
    return Stream.of(values()).filter(each -> each.suites.contains(wanted)).findFirst();
  }
}
