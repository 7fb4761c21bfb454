package leadglass.survey.wire;

/// Counts what crossed the lines of one host. One thread's.
public final class Meter {
  private long received;
  private long sent;
  private int connections;

  public Meter() {}

  void received(int bytes) {
    received += bytes;
  }

  void sent(int bytes) {
    sent += bytes;
  }

  void connected() {
    connections++;
  }

  public long received() {
    return received;
  }

  public long sent() {
    return sent;
  }

  public int connections() {
    return connections;
  }
}
