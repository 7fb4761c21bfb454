package leadglass.survey.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// A ClientHello put together by hand, as old clients sent it (RFC 6101, 2246, 4346, 5246), and
/// what comes back. Never goes further: no key is agreed on.
public final class Hello {
  public static final int SSL_3 = 0x0300;
  public static final int TLS_1_0 = 0x0301;
  public static final int TLS_1_1 = 0x0302;
  public static final int TLS_1_2 = 0x0303;
  private static final int SIGNALS_SECURE_RENEGOTIATION = 0x00FF;
  private static final int EXTENSION_NAME = 0;
  private static final int EXTENSION_GROUPS = 10;
  private static final int EXTENSION_POINTS = 11;
  private static final int EXTENSION_SIGNATURES = 13;

  private final int version;
  private final List<SuiteClass> classes;

  /// @param version the highest that is offered
  /// @param classes whose suites are offered
  public Hello(int version, List<SuiteClass> classes) {
    this.version = version;
    this.classes = List.copyOf(classes);
  }

  /// Sends it on a line of its own.
  ///
  /// @return empty if the server refused, or closed without a word
  /// @throws WireFault if nothing came in time, or what came is not TLS
  public Optional<ServerFlight> ask(Visit visit) throws IOException {
    try (Line line = visit.openPlain()) {
      line.write(record(visit));
      return ServerFlight.read(line);
    } catch (WireFault e) {
      return switch (e.kind()) {
        case ENDED, RESET -> Optional.empty();
        default -> throw e;
      };
    }
  }

  private byte[] record(Visit visit) {
    Bytes hello = new Bytes();
    hello.int16(version);
    byte[] random = new byte[32];
    visit.random().nextBytes(random);
    hello.bytes(random);
    hello.int8(0);
    Bytes suites = new Bytes();
    for (SuiteClass each : classes) {
      for (int suite : each.suites()) {
        suites.int16(suite);
      }
    }
    suites.int16(SIGNALS_SECURE_RENEGOTIATION);
    hello.int16(suites.size());
    hello.bytes(suites.all());
    hello.int8(1);
    hello.int8(0);
    if (version > SSL_3) {
      byte[] extensions = extensions(visit);
      hello.int16(extensions.length);
      hello.bytes(extensions);
    }
    Bytes record = new Bytes();
    record.int8(ServerFlight.HANDSHAKE);
    record.int16(Math.min(version, TLS_1_0));
    record.int16(4 + hello.size());
    record.int8(1);
    record.int24(hello.size());
    record.bytes(hello.all());
    return record.all();
  }

  private byte[] extensions(Visit visit) {
    Bytes out = new Bytes();
    if (visit.named()) {
      byte[] name = visit.authority().getBytes(StandardCharsets.US_ASCII);
      out.int16(EXTENSION_NAME);
      out.int16(name.length + 5);
      out.int16(name.length + 3);
      out.int8(0);
      out.int16(name.length);
      out.bytes(name);
    }
    // X25519 and the curves of NIST; uncompressed points.
    int[] groups = {0x001D, 0x0017, 0x0018, 0x0019};
    list(out, EXTENSION_GROUPS, groups);
    out.int16(EXTENSION_POINTS);
    out.int16(2);
    out.int8(1);
    out.int8(0);
    if (version >= TLS_1_2) {
      list(
          out,
          EXTENSION_SIGNATURES,
          0x0804,
          0x0805,
          0x0806,
          0x0403,
          0x0503,
          0x0603,
          0x0401,
          0x0501,
          0x0601,
          0x0203,
          0x0201,
          0x0202);
    }
    return out.all();
  }

  private static void list(Bytes out, int extension, int... values) {
    out.int16(extension);
    out.int16(2 + 2 * values.length);
    out.int16(2 * values.length);
    for (int each : values) {
      out.int16(each);
    }
  }

  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void int8(int value) {
      out.write(value);
    }

    void int16(int value) {
      out.write(value >> 8);
      out.write(value);
    }

    void int24(int value) {
      out.write(value >> 16);
      int16(value);
    }

    void bytes(byte[] bytes) {
      out.writeBytes(bytes);
    }

    int size() {
      return out.size();
    }

    byte[] all() {
      return out.toByteArray();
    }
  }
}
