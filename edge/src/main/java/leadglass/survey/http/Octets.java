package leadglass.survey.http;

import java.util.Arrays;

/// One line of an answer's head, matched and then zeroed. What does not fit is passed over.
final class Octets {
  private final byte[] line = new byte[4 << 10];
  private int from;
  private int length;

  void clear() {
    Arrays.fill(line, (byte) 0);
    from = 0;
    length = 0;
  }

  void add(int octet) {
    if (length < line.length) {
      line[length++] = (byte) octet;
    }
  }

  boolean isEmpty() {
    return length == from;
  }

  int at(int index) {
    return from + index < length ? line[from + index] & 0xFF : -1;
  }

  int size() {
    return length - from;
  }

  /// Takes a field's name and colon off the front, if it is this one.
  boolean field(String name) {
    if (!startsWith(name) || at(name.length()) != ':') {
      return false;
    }
    from += name.length() + 1;
    while (at(0) == ' ' || at(0) == '\t') {
      from++;
    }
    return true;
  }

  /// @param small in lower case; case is ignored
  boolean startsWith(String small) {
    return matches(small, 0);
  }

  /// Likewise.
  boolean contains(String small) {
    for (int start = 0; start + small.length() <= size(); start++) {
      if (matches(small, start)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(String small, int start) {
    if (start + small.length() > size()) {
      return false;
    }
    for (int i = 0; i < small.length(); i++) {
      if (small(at(start + i)) != small.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean hasDigit() {
    for (int i = 0; i < size(); i++) {
      if (at(i) >= '0' && at(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  /// A number of up to 18 digits and nothing else, or -1.
  long number() {
    long number = 0;
    if (isEmpty() || size() > 18) {
      return -1;
    }
    for (int i = 0; i < size(); i++) {
      if (at(i) < '0' || at(i) > '9') {
        return -1;
      }
      number = number * 10 + at(i) - '0';
    }
    return number;
  }

  static int small(int octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
  }
}
