package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SMB servers that lie. How honest ones are told apart, Samba shows.
class SmbTest {
  private static final int MORE = 0xC000_0016;
  private static final int DENIED = 0xC000_0022;

  /// Answers every request with a body of its own choice.
  ///
  /// @param status of a command
  private static Stage.Part serving(IntFunction<Integer> status, IntFunction<byte[]> body) {
    return (in, out) -> {
      DataInputStream requests = new DataInputStream(in);
      while (true) {
        byte[] request = requests.readNBytes(requests.readInt());
        if (request[0] != (byte) 0xFE) {
          return;
        }
        int command = request[12];
        byte[] answer = body.apply(command);
        ByteBuffer message =
            ByteBuffer.allocate(68 + answer.length)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt(64 + answer.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(request, 0, 64)
                .putInt(12, status.apply(command))
                .put(answer);
        out.write(message.array());
        out.flush();
      }
    };
  }

  private static HostReport check(Stage.Part part) throws IOException {
    try (Stage stage = new Stage(part)) {
      HostReport report = Checks.of(Declared.NOTHING, stage.port() + "/smb");
      assertThat(report.toString()).doesNotContain(Stage.CANARY);
      return report;
    }
  }

  /// A list of one share that holds files, in the place of an IOCTL's output.
  private static byte[] list(String name, int type) {
    byte[] chars = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer out = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(32, 64 + 48).putInt(36, 300);
    // The same answer to the bind and to the question, but for its type.
    out.put(48 + 2, (byte) type).putInt(48 + 24 + 12, 1).putInt(48 + 24 + 16, 7);
    int entry = 48 + 24 + 24;
    out.putInt(entry, 1).putInt(entry + 4, 0).putInt(entry + 8, 0);
    out.putInt(entry + 12 + 8, chars.length / 2).put(entry + 24, chars);
    return out.array();
  }

  private static IntFunction<byte[]> listing() {
    int[] calls = {0};
    return command -> command == 11 ? list(Stage.CANARY, calls[0]++ == 0 ? 12 : 2) : new byte[100];
  }

  @Test
  void whoeverLetsInEverywhereIsALookAlike() throws IOException {
    HostReport report = check(serving(_ -> 0, listing()));
    assertThat(Checks.decision(report, "smb-shares")).startsWith("accepts-anything");
    assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
  }

  @Test
  void aShareThatRefusesIsListedOnly() throws IOException {
    int[] connects = {0};
    IntFunction<Integer> status = command -> command == 3 && connects[0]++ > 0 ? DENIED : 0;
    assertThat(Checks.decision(check(serving(status, listing())), "smb-shares"))
        .startsWith("lists-shares");
  }

  @Test
  void whoeverRefusesNobodyIsClosed() throws IOException {
    HostReport report = check(serving(command -> command == 1 ? DENIED : 0, _ -> new byte[80]));
    assertThat(Checks.decision(report, "smb-shares")).startsWith("refuses");
    HostReport later = check(serving(command -> command == 1 ? MORE : 0, _ -> new byte[80]));
    assertThat(Checks.decision(later, "smb-shares")).startsWith("refuses");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 40, 100, 5000})
  void noPlaceThatAServerNamesIsBelieved(int bytes) throws IOException {
    Random random = new Random(bytes);
    for (int i = 0; i < 20; i++) {
      boolean wild = i % 2 == 0;
      HostReport report =
          check(
              serving(
                  _ -> 0,
                  _ -> {
                    byte[] body = new byte[bytes];
                    random.nextBytes(body);
                    if (wild && bytes > 40) {
                      // A place that could be, so that what lies there is looked at.
                      ByteBuffer.wrap(body)
                          .order(ByteOrder.LITTLE_ENDIAN)
                          .putInt(32, 70 + random.nextInt(20))
                          .putInt(36, random.nextInt(bytes));
                    }
                    return body;
                  }));
      assertThat(report.worst().number()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void waitingForEverIsGivenUp() throws IOException {
    HostReport report = check(serving(_ -> 0x103, _ -> new byte[80]));
    assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
  }

  private static void first(InputStream in, OutputStream out, int operation) throws IOException {
    byte[] request = in.readNBytes(5);
    if (request.length == 5 && request[4] == (byte) 0xFF) {
      ByteBuffer answer = ByteBuffer.allocate(4 + 37).order(ByteOrder.LITTLE_ENDIAN);
      answer.put(3, (byte) 37).put(4, new byte[] {(byte) 0xFF, 'S', 'M', 'B', 0x72});
      answer.put(4 + 32, (byte) 17).putShort(4 + 33, (short) operation);
      out.write(answer.array());
    }
  }

  @Test
  void theFirstVersionAloneIsFoundToo() throws IOException {
    assertThat(Checks.decision(check((in, out) -> first(in, out, 0)), "smb-shares"))
        .isEqualTo("smb-1");
    assertThat(Checks.decision(check((in, out) -> first(in, out, 0xFFFF)), "smb-shares"))
        .isEqualTo("not-smb");
  }
}
