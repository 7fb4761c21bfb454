package leadglass.survey.scope;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A signed file that says by which right somebody may look at which addresses, and when.
///
/// @param issuer who gave it
/// @param basis the law or the contract that it names
/// @param until the last day, included
public record Mandate(
    String issuer, String basis, List<Network> networks, LocalDate from, LocalDate until) {
  private static final int BYTES_MAX = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Mandate {
    networks = List.copyOf(networks);
  }

  /// Why a mandate is none.
  public static final class NoMandate extends Exception {
    private static final long serialVersionUID = 1L;

    NoMandate(String why) {
      super(why);
    }
  }

  /// Reads a mandate and checks its signature, which lies beside it as `FILE.sig`: Ed25519 over the
  /// file's bytes, in base 64.
  ///
  /// @param keys of the issuers that are trusted, X.509 SubjectPublicKeyInfo in PEM
  public static Mandate read(Path file, List<Path> keys) throws NoMandate {
    byte[] bytes = bytes(file);
    byte[] signature;
    try {
      signature =
          Base64.getMimeDecoder().decode(bytes(file.resolveSibling(file.getFileName() + ".sig")));
    } catch (IllegalArgumentException _) {
      throw new NoMandate("its signature is not base 64");
    }
    for (Path key : keys) {
      if (isBy(key(key), bytes, signature)) {
        return parse(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    throw new NoMandate(
        keys.isEmpty() ? "no issuer's key was named" : "none of the issuers' keys signed it");
  }

  private static byte[] bytes(Path file) throws NoMandate {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new NoMandate(file.getFileName() + " is too large");
      }
      return Files.readAllBytes(file);
    } catch (IOException _) {
      throw new NoMandate(file.getFileName() + " can't be read");
    }
  }

  private static PublicKey key(Path file) throws NoMandate {
    String pem = new String(bytes(file), StandardCharsets.US_ASCII);
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(
              new X509EncodedKeySpec(
                  Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new NoMandate(file.getFileName() + " is no public Ed25519 key in PEM");
    }
  }

  private static boolean isBy(PublicKey key, byte[] bytes, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static Mandate parse(String text) throws NoMandate {
    try {
      JsonNode node = JSON.readTree(text);
      List<Network> networks = new ArrayList<>();
      for (JsonNode each : node.path("addresses")) {
        networks.add(
            Network.parse(each.asString(""))
                .orElseThrow(() -> new NoMandate("its `addresses` are no addresses")));
      }
      String issuer = node.path("issuer").asString("");
      String basis = node.path("basis").asString("");
      if (issuer.isBlank() || basis.isBlank() || networks.isEmpty()) {
        throw new NoMandate("it lacks `issuer`, `basis` or `addresses`");
      }
      return new Mandate(
          issuer,
          basis,
          networks,
          LocalDate.parse(node.path("from").asString("")),
          LocalDate.parse(node.path("until").asString("")));
    } catch (JacksonException _) {
      throw new NoMandate("it is no JSON");
    } catch (DateTimeException _) {
      throw new NoMandate("its `from` and `until` are days, such as 2026-11-26");
    }
  }

  /// Whether it covers the address today; days are UTC's.
  public boolean covers(InetAddress address, Instant now) {
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    return !today.isBefore(from)
        && !today.isAfter(until)
        && networks.stream().anyMatch(each -> each.has(address));
  }
}
