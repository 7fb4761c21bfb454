package leadglass.dicom.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// JSON text as UTF-8 (RFC 8259), collected in pieces of a few kilobytes.
final class JsonBytes {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final int ENCODED_BYTES_MAX = 6;
  private static final int BASE64_PIECE_BYTES = 3 * 2048;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int size;

  JsonBytes(OutputStream out) {
    this.out = out;
  }

  /// Passes on what is held; the stream itself is not flushed.
  void drain() throws IOException {
    out.write(buffer, 0, size);
    size = 0;
  }

  private void room(int bytes) throws IOException {
    if (buffer.length - size < bytes) {
      drain();
    }
  }

  void put(char ascii) throws IOException {
    room(1);
    buffer[size++] = (byte) ascii;
  }

  /// JSON that is ASCII already.
  void put(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
  }

  void hex(int tag) throws IOException {
    room(8);
    for (int shift = 28; shift >= 0; shift -= 4) {
      buffer[size++] = HEX[tag >>> shift & 0xF];
    }
  }

  /// A string with its quotes. Half a surrogate pair is no character and becomes U+FFFD.
  void string(String text) throws IOException {
    put('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      room(ENCODED_BYTES_MAX);
      if (c < 0x80) {
        ascii(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        utf8(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        utf8(Character.isSurrogate(c) ? 0xFFFD : c);
      }
    }
    put('"');
  }

  private void ascii(char c) {
    if (c >= ' ' && c != '"' && c != '\\') {
      buffer[size++] = (byte) c;
      return;
    }
    buffer[size++] = '\\';
    char letter =
        switch (c) {
          case '"', '\\' -> c;
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          case '\f' -> 'f';
          case '\b' -> 'b';
          default -> 'u';
        };
    buffer[size++] = (byte) letter;
    if (letter == 'u') {
      buffer[size++] = '0';
      buffer[size++] = '0';
      buffer[size++] = HEX[c >>> 4];
      buffer[size++] = HEX[c & 0xF];
    }
  }

  private void utf8(int codePoint) {
    if (codePoint < 0x800) {
      buffer[size++] = (byte) (0xC0 | (codePoint >>> 6));
    } else if (codePoint < 0x10000) {
      buffer[size++] = (byte) (0xE0 | (codePoint >>> 12));
      buffer[size++] = (byte) (0x80 | ((codePoint >>> 6) & 0x3F));
    } else {
      buffer[size++] = (byte) (0xF0 | (codePoint >>> 18));
      buffer[size++] = (byte) (0x80 | ((codePoint >>> 12) & 0x3F));
      buffer[size++] = (byte) (0x80 | ((codePoint >>> 6) & 0x3F));
    }
    buffer[size++] = (byte) (0x80 | (codePoint & 0x3F));
  }

  /// A string of Base64 (RFC 4648 §4), with its quotes.
  void base64(byte[] value) throws IOException {
    put('"');
    drain();
    for (int at = 0; at < value.length; at += BASE64_PIECE_BYTES) {
      int part = Math.min(BASE64_PIECE_BYTES, value.length - at);
      byte[] piece = new byte[part];
      System.arraycopy(value, at, piece, 0, part);
      out.write(Base64.getEncoder().encode(piece));
    }
    put('"');
  }
}
