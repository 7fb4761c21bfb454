package leadglass.survey.scope;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import leadglass.survey.Door;
import leadglass.survey.list.Result;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.Meter;
import leadglass.survey.wire.Tls;
import leadglass.survey.wire.Wire;

/// What an archive of ours prints so that it may be looked at from outside: it is signed with the
/// key that the archive shows in TLS, so that the address itself proves that the ticket is its own.
///
/// @param port where TLS shows the key
/// @param doors to be looked at
/// @param ends after which it is worth nothing
public record Ticket(int port, List<Door> doors, Instant ends, String signed, byte[] signature) {
  private static final String START = "leadglass-ticket-1";
  private static final int CHARS_MAX = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  public Ticket {
    doors = List.copyOf(doors);
    signature = signature.clone();
  }

  /// Prints one.
  ///
  /// @param key that TLS on `port` shows the certificate of
  public static String print(int port, List<Door> doors, Instant ends, PrivateKey key)
      throws GeneralSecurityException {
    String signed = START + "\n" + port + "\n" + Result.ports(doors) + "\n" + ends.getEpochSecond();
    Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.UTF_8));
    return ENCODER.encodeToString(signed.getBytes(StandardCharsets.UTF_8))
        + "."
        + ENCODER.encodeToString(signature.sign());
  }

  private static String algorithm(String key) throws GeneralSecurityException {
    return switch (key) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case "Ed25519", "EdDSA" -> "Ed25519";
      default -> throw new GeneralSecurityException("no such key");
    };
  }

  /// Reads one; whose it is shows only when its address is asked.
  public static Optional<Ticket> parse(String text) {
    String[] halves = text.strip().split("\\.", -1);
    if (halves.length != 2 || text.length() > CHARS_MAX) {
      return Optional.empty();
    }
    try {
      String signed = new String(Base64.getUrlDecoder().decode(halves[0]), StandardCharsets.UTF_8);
      String[] lines = signed.split("\n", -1);
      if (lines.length != 4 || !lines[0].equals(START)) {
        return Optional.empty();
      }
      List<Door> doors =
          List.of(lines[2].split(" ", -1)).stream()
              .map(each -> Door.parse(each).orElseThrow(IllegalArgumentException::new))
              .toList();
      return Optional.of(
          new Ticket(
              Door.parse(lines[1]).orElseThrow(IllegalArgumentException::new).port(),
              doors,
              Instant.ofEpochSecond(Long.parseLong(lines[3])),
              signed,
              Base64.getUrlDecoder().decode(halves[1])));
    } catch (IllegalArgumentException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Whether the address shows the key that signed this, now.
  boolean shown(InetAddress address, Instant now) {
    if (now.isAfter(ends)) {
      return false;
    }
    Wire wire = new Wire(address, null, PATIENCE, PATIENCE, new Meter());
    try (Line line = wire.open(port, true, PATIENCE, 1)) {
      return line.tls()
          .map(Tls.Seen::chain)
          .filter(chain -> !chain.isEmpty() && isBy(chain.getFirst().getPublicKey()))
          .isPresent();
    } catch (IOException _) {
      return false;
    }
  }

  private boolean isBy(PublicKey key) {
    try {
      Signature check = Signature.getInstance(algorithm(key.getAlgorithm()));
      check.initVerify(key);
      check.update(signed.getBytes(StandardCharsets.UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ticket ticket && signed.equals(ticket.signed);
  }

  @Override
  public int hashCode() {
    return signed.hashCode();
  }

  @Override
  public String toString() {
    return "Ticket[ends=" + ends + "]";
  }
}
