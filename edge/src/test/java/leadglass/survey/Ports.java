package leadglass.survey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits for programs that tests start.
final class Ports {
  private Ports() {}

  static void await(int port) throws IOException {
    for (int i = 0; i < 1200; i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException _) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
      }
    }
    throw new IOException("it does not listen");
  }
}
