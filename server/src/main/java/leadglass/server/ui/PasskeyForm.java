package leadglass.server.ui;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Passkeys;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;

/// What the island for passkeys sends: a form whose fields are base64url.
record PasskeyForm(Map<String, String> fields) {
  static final String NO_NAME =
      "Passkeys work under a host name only. Open this page under its name instead of an address"
          + " of numbers.";

  static PasskeyForm of(Request request) throws IOException, ProblemException {
    return new PasskeyForm(request.form());
  }

  /// Where the browser is, if passkeys can be there.
  static Optional<Passkeys.Host> host(Request request) {
    return Passkeys.Host.of(request.host());
  }

  String word(String name) {
    return fields.getOrDefault(name, "");
  }

  private byte[] bytes(String name) throws ProblemException {
    try {
      return Base64.getUrlDecoder().decode(word(name));
    } catch (IllegalArgumentException _) {
      throw Problems.badRequest("A field is not base64url.");
    }
  }

  Passkeys.Asserted asserted() throws ProblemException {
    return new Passkeys.Asserted(
        bytes("id"),
        bytes("clientData"),
        bytes("authenticatorData"),
        bytes("signature"),
        bytes("userHandle"));
  }

  Passkeys.Attested attested() throws ProblemException {
    return new Passkeys.Attested(bytes("clientData"), bytes("attestation"));
  }

  @Override
  public String toString() {
    return "PasskeyForm[]";
  }
}
