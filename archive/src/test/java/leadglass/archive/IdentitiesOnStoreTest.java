package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static leadglass.archive.Premises.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import leadglass.archive.People.SignIn;
import leadglass.store.MasterKey;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything over a real store, closed and opened again, at the real cost of a password.
class IdentitiesOnStoreTest {
  private final HandClock clock = new HandClock();
  private final Caller console = new Caller.Console("root", Premises.CONSOLE);
  @TempDir private Path folder;

  private Store open() throws IOException {
    MasterKey master = MasterKey.open(folder.resolve("elsewhere/master.key"), true);
    return Stores.open(folder.resolve("data"), master, clock, _ -> {});
  }

  private Identities identities(Store store) throws IOException {
    MasterKey master = MasterKey.open(folder.resolve("elsewhere/master.key"), false);
    AuditTrail trail = new AuditTrail(store, siteOf(store), clock);
    return Identities.open(
        store.registry(),
        trail::security,
        new Gate(),
        master::forRecoverySheet,
        clock,
        ZoneOffset.UTC,
        _ -> {});
  }

  @Test
  void whatWasMadeIsThereAfterARestartAndInTheTrail() throws Exception {
    People.Enrolment ada;
    String token;
    Devices.Change.Done device;
    List<String> sheet;
    try (Store store = open()) {
      Identities all = identities(store);
      SetUp.Person person = new SetUp.Person("ada", password(), Role.ADMINISTRATOR);
      SetUp.Unattended made = all.setUp().unattended(console, "Northlight", List.of(person));
      ada = made.enrolments().getFirst();
      sheet = made.sheet();
      Tokens.Made asked =
          all.tokens().create(console, "ada", Set.of(Caller.Scope.READ), Duration.ofDays(1));
      token = ((Tokens.Made.Token) asked).secret();
      device =
          (Devices.Change.Done)
              all.devices().add(console, "CT1", Premises.TERMS, new DeviceKey.Made(""));
    }
    try (Store store = open()) {
      Identities all = identities(store);
      assertThat(all.setUp().site()).contains("Northlight");
      String code = Totp.code(Premises.secret(ada), Totp.step(clock.millis()));
      assertThat(all.people().signIn(PAGE, "ada", password(), code))
          .isInstanceOf(SignIn.SignedIn.class);
      assertThat(all.tokens().verify(PAGE, token)).isPresent();
      assertThat(all.devices().knows(PemText.certificates(device.certificate()).getFirst()))
          .isTrue();
      assertThat(all.authority().caPem()).isEqualTo(device.ca());
      assertThat(RecoverySheet.parse(String.join(" ", sheet)))
          .isInstanceOf(RecoverySheet.Reading.Key.class);
      assertThat(trail(store))
          .contains(
              "archive set up: Northlight",
              "device enrolled: CT1",
              "signed in with password and a code");
    }
  }

  private List<String> trail(Store store) throws IOException {
    AuditTrail trail = new AuditTrail(store, siteOf(store), clock);
    List<String> details = new ArrayList<>();
    store.trail().read(0, (_, entry) -> details.add(trail.decode(entry).detail()));
    return details;
  }

  private static SiteId siteOf(Store store) throws IOException {
    return store.sites().isEmpty() ? store.createSite() : store.sites().getFirst();
  }
}
