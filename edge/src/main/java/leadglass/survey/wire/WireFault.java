package leadglass.survey.wire;

import java.io.IOException;

/// Why a line gave nothing, in the few cases that mean something. Never tells what was received.
public final class WireFault extends IOException {
  private static final long serialVersionUID = 1L;

  /// The cases.
  public enum Kind {
    /// The address says that nothing listens there.
    REFUSED("the connection is refused"),
    /// Nothing at all came back.
    NO_ANSWER("nothing answers"),
    /// A router or this machine says that there is no way.
    UNREACHABLE("there is no way to the address"),
    RESET("the connection is reset"),
    /// It listens and says nothing.
    SILENT("it accepts the connection and says nothing in time"),
    ENDED("it closes the connection"),
    /// More than such an answer can have.
    TOO_MUCH("it sends without end"),
    /// Less in the time of a whole connection than an answer needs.
    SLOW("it answers too slowly"),
    /// What came is not the protocol.
    NOT_THE_PROTOCOL("it answers in another tongue"),
    TLS("no TLS connection comes about"),
    TLS_CLIENT_CERTIFICATE("it demands a client certificate"),
    LEFT_ALONE("the host reset or slowed, and is left alone for this run"),
    SPENT("the budget of connections or bytes for this host is spent");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  private final Kind kind;

  public WireFault(Kind kind) {
    super(kind.words);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
