package leadglass.server.scp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.ProviderSignIns;
import leadglass.archive.Verb;
import leadglass.net.ul.UserInformation.UserIdentity;
import org.jspecify.annotations.Nullable;

/// Who uses a device now, by the user identity that it sends (PS3.7 §D.3.3.7). A name with a token
/// of that person's proves it, and so does a JSON Web Token of the site's identity provider. A name
/// alone, Kerberos tickets and SAML assertions prove nothing here and are passed over. None stands
/// for the device's certificate.
record UserIdentities(JsonWebTokens tokens) {

  /// Who stands behind a device.
  sealed interface Identity {
    /// @param stands whether who was proved still is; empty: nobody was
    record Known(Caller.Device device, Optional<BooleanSupplier> stands) implements Identity {}

    record Wrong() implements Identity {}
  }

  Identity of(Archive site, Origin origin, Caller.Device device, @Nullable UserIdentity sent) {
    if (sent == null) {
      return nobody(device);
    }
    try {
      return switch (sent.type()) {
        case UserIdentity.NAME_AND_PASSCODE -> token(site, origin, device, sent);
        case UserIdentity.JSON_WEB_TOKEN -> vouched(site, origin, device, sent.primary());
        default -> nobody(device);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Identity nobody(Caller.Device device) {
    return new Identity.Known(device, Optional.empty());
  }

  private static Identity token(
      Archive site, Origin origin, Caller.Device device, UserIdentity sent) throws IOException {
    Optional<Caller.Program> program = site.tokens().verify(origin, sent.secondary());
    if (program.isEmpty()) {
      return new Identity.Wrong(); // which the trail has
    }
    if (!program.get().owner().equalsIgnoreCase(sent.primary().strip())) {
      return wrong(site, device);
    }
    return new Identity.Known(
        site.gate().behind(device, program.get()),
        Optional.of(() -> site.tokens().stands(program.get())));
  }

  private Identity vouched(Archive site, Origin origin, Caller.Device device, String token)
      throws IOException {
    return switch (told(token)) {
      case JsonWebTokens.Told.Unheard() -> nobody(device);
      case JsonWebTokens.Told.Wrong() -> wrong(site, device);
      case JsonWebTokens.Told.Proved(var person, long ends) -> {
        Optional<ProviderSignIns.Vouched> vouched = site.providers().vouched(origin, person, ends);
        yield vouched.isEmpty()
            ? new Identity.Wrong() // which the trail has
            : new Identity.Known(
                site.gate().behind(device, vouched.get().program()),
                Optional.of(() -> site.providers().stands(vouched.get())));
      }
    };
  }

  /// A provider that can't be asked for its keys proves nobody; it says so itself.
  private JsonWebTokens.Told told(String token) {
    try {
      return tokens.told(token);
    } catch (IOException _) {
      return new JsonWebTokens.Told.Wrong();
    }
  }

  private static Identity wrong(Archive site, Caller.Device device) throws IOException {
    site.refusedAtTheDoor(device, Verb.BE_KNOWN);
    return new Identity.Wrong();
  }
}
