package leadglass.app.key;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import leadglass.archive.KeyHome.RefusedException;

/// Seals a master key by a key of a key service: `sealed` is what the service made of it.
final class ServiceSeal {
  private final KeyPlace.Service place;
  private final Aead aead;

  private ServiceSeal(KeyPlace.Service place, Aead aead) {
    this.place = place;
    this.aead = aead;
  }

  static ServiceSeal open(KeyPlace.Service place, Services services) throws RefusedException {
    try {
      return new ServiceSeal(place, services.of(place.uri()).getAead(place.uri()));
    } catch (GeneralSecurityException e) {
      throw refused("The key service has no such key", e);
    }
  }

  Laid seal(byte[] key) throws RefusedException {
    try {
      byte[] sealed = aead.encrypt(key, Sealed.about(place.words()));
      return Laid.of(place).with(Sealed.LINE, HexFormat.of().formatHex(sealed));
    } catch (GeneralSecurityException e) {
      throw refused("The key service did not seal the master key", e);
    }
  }

  byte[] unseal(Laid laid) throws IOException, RefusedException {
    byte[] sealed = Sealed.bytes(laid, Sealed.LINE);
    try {
      return aead.decrypt(sealed, Sealed.about(place.words()));
    } catch (GeneralSecurityException e) {
      throw refused("The key service did not open the master key", e);
    }
  }

  private static RefusedException refused(String what, GeneralSecurityException because) {
    return new RefusedException(what + ": " + because.getMessage() + ".");
  }
}
