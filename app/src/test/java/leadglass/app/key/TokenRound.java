package leadglass.app.key;

import java.nio.file.Path;
import java.util.Arrays;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.store.MasterKey;

/// Seals and opens with the keys that some configurations name; a program of its own, since a
/// token's library is told by its environment where its objects lie.
final class TokenRound {
  private TokenRound() {}

  public static void main(String[] configurations) throws Exception {
    for (String configuration : configurations) {
      KeyPlace.Token place = new KeyPlace.Token(Path.of(configuration));
      byte[] key = MasterKey.fresh();
      Laid laid = TokenSeal.open(place, Secrets.none()).seal(key);
      boolean same = Arrays.equals(TokenSeal.open(place, Secrets.none()).unseal(laid), key);
      System.out.println(same ? "opened" : "another key");
      try {
        TokenSeal.open(place, Secrets.none()).unseal(laid.with("wrapped", "00".repeat(60)));
        System.out.println("damage opened");
      } catch (RefusedException _) {
        System.out.println("damage refused");
      }
    }
  }
}
