package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class DutyTest {
  private final Premises premises = new Premises();
  private Caller.Person ada;

  @BeforeEach
  void found() throws IOException {
    ada = premises.in(premises.founded()).caller();
  }

  private Duty duty() {
    return premises.identities().duty();
  }

  private void device(String title, String owner) throws IOException {
    DeviceTerms terms = new DeviceTerms(owner, Set.of(), Optional.empty());
    assertThat(premises.devices().add(premises.console, title, terms, new DeviceKey.Made("")))
        .isInstanceOf(Devices.Change.Done.class);
  }

  private void assignAll(String owner) throws IOException {
    for (Duty.Post post : Duty.Post.values()) {
      assertThat(duty().assign(ada, post, "", owner)).isEmpty();
    }
  }

  @Test
  void whatNobodyAnswersForIsRed() throws Exception {
    assertThat(duty().redRows())
        .extracting(Duty.Row::wrong)
        .containsExactly("nobody is named", "nobody is named", "nobody is named");
    assertThat(duty().redRows().getFirst().act())
        .isEqualTo("leadglass duty set backup --owner NAME");
    assignAll("ADA");
    assertThat(duty().redRows()).isEmpty();
    assertThat(duty().rows(ada)).extracting(Duty.Row::owner).containsOnly("ada");
    premises.reopen();
    assertThat(duty().blocks()).isEmpty();
  }

  @Test
  void aDeviceOfSomebodyWhoLeftIsRedAndGoesOn() throws Exception {
    assignAll("ada");
    premises.add("tom", Role.TECHNOLOGIST);
    device("CT1", "tom");
    device("CT2", "Ada Poe");
    assertThat(duty().redRows())
        .extracting(Duty.Row::what, Duty.Row::wrong)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Device CT2", "no account has that name"));
    premises.people().disable(ada, "tom");
    assertThat(duty().redRows()).extracting(Duty.Row::wrong).contains("owner left");
    assertThat(duty().redRows().getFirst().act())
        .isEqualTo("leadglass device set CT1 --owner NAME");
    assertThat(premises.devices().list(ada).getFirst().state()).isEqualTo(Devices.State.VALID);
  }

  @Test
  void anAdministratorWithoutRecoveryCodesStandsInTheWayToo() throws Exception {
    assignAll("ada");
    Invites.Made.Link link =
        (Invites.Made.Link) premises.invites().invite(ada, "bea", Set.of(Role.ADMINISTRATOR));
    String ticket = premises.ticket(link);
    SoftAuthenticator phone = new SoftAuthenticator(SoftAuthenticator.Kind.ES256);
    Passkeys.Host host = Passkeys.Host.of("localhost").orElseThrow();
    phone.origin = host.origin();
    Passkeys.Question asked = premises.invites().adding(ticket, host).orElseThrow();
    assertThat(
            premises
                .invites()
                .passkey(Premises.PAGE, ticket, host, asked.ticket(), "p", phone.make(asked)))
        .isInstanceOf(Invites.Step.Joined.class);
    assertThat(duty().blocks())
        .extracting(Duty.Block::why)
        .containsExactly("administrator bea has no recovery codes");
  }

  @Test
  void onlyWhoAdministersNamesSomebodyAndOnlySomebodyWhoIsHere() throws Exception {
    Caller.Person eva = premises.in(premises.add("eva", Role.RADIOLOGIST)).caller();
    assertThat(duty().assign(eva, Duty.Post.KEY, "", "eva")).contains("You may not do this.");
    assertThat(duty().rows(eva)).isEmpty();
    assertThat(duty().assign(ada, Duty.Post.KEY, "", "nobody")).isPresent();
    assertThat(duty().assign(ada, Duty.Post.KEY, "/mnt", "ada")).isPresent();
    premises.people().disable(ada, "eva");
    assertThat(duty().assign(ada, Duty.Post.KEY, "", "eva")).isPresent();
  }

  @Test
  void otherRoomsAddWhatTheyAnswerFor() {
    duty().also(() -> List.of(new Duty.Claim("Lane US3", "", "leadglass lane set US3")));
    assertThat(duty().redRows()).extracting(Duty.Row::what).contains("Lane US3");
  }
}
