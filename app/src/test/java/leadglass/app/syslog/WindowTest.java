package leadglass.app.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowTest {
  private static final long LATER = Window.TIME.toNanos() + 1;
  private static final int LARGE = 1 << 20;

  @Test
  void whatWasJustSentMayNotHaveArrivedHoweverMuchItIs() {
    Window window = new Window(7);
    for (int i = 0; i < 100; i++) {
      window.sent(7 + i, LARGE, 0);
    }
    assertThat(window.safe(1)).isEqualTo(7);
    assertThat(window.next()).isEqualTo(107);
  }

  @Test
  void theLastMebibytesMayNotHaveArrivedHoweverLongAgoTheyWereSent() {
    Window window = new Window(0);
    for (int i = 0; i < 100; i++) {
      window.sent(i, LARGE, 0);
    }
    assertThat(window.safe(LATER)).isEqualTo(92);
    assertThat(window.safe(100 * LATER)).isEqualTo(92);
  }

  @Test
  void afterABreakItBeginsWithWhatMayNotHaveArrived() {
    Window window = new Window(0);
    for (int i = 0; i < 10; i++) {
      window.sent(i, 100, i * 10_000_000_000L);
    }
    window.back(100_000_000_000L);
    assertThat(window.next()).isZero();
    window.sent(0, 100, 0);
    assertThat(window.next()).isOne();
  }

  @Test
  void smallMessagesOfASecondAreOnePart() {
    Window window = new Window(0);
    for (int i = 0; i < 100_000; i++) {
      window.sent(i, 1_000, i * 1_000L);
    }
    long safe = window.safe(2 * LATER);
    assertThat(100_000 - safe).isBetween(8_388L, 8_600L);
  }

  @TempDir private Path folder;

  @Test
  void theCursorIsOfOneCollectorAndBeginsAtTheStartForAnother() throws Exception {
    Cursor cursor = new Cursor(folder, "a:1");
    assertThat(cursor.read()).isZero();
    cursor.write(41);
    cursor.write(42);
    assertThat(new Cursor(folder, "a:1").read()).isEqualTo(42);
    assertThat(new Cursor(folder, "b:1").read()).isZero();
    assertThat(Files.getPosixFilePermissions(folder.resolve(Cursor.NAME))).hasSize(2);
  }

  @Test
  void aCursorThatCannotBeReadBeginsAtTheStart() throws Exception {
    for (String text : new String[] {"", "x", "leadglass syslog cursor 1\na:1\n-5\n", "\ufffd"}) {
      Files.writeString(folder.resolve(Cursor.NAME), text);
      assertThat(new Cursor(folder, "a:1").read()).isZero();
    }
    Files.write(folder.resolve(Cursor.NAME), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThat(new Cursor(folder, "a:1").read()).isZero();
  }
}
