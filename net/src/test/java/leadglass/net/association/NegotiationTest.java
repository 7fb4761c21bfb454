package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.net.association.ContextPolicy.Preference;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.ul.AnsweredContext;
import leadglass.net.ul.AnsweredContext.Result;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.ProposedContext;
import leadglass.net.ul.Rejection;
import leadglass.net.ul.UserInformation;
import leadglass.net.ul.UserInformation.AsynchronousOperations;
import leadglass.net.ul.UserInformation.ExtendedNegotiation;
import leadglass.net.ul.UserInformation.RoleSelection;
import leadglass.net.ul.UserInformation.UserIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
  private static final Uid SERVED = new Uid("1.2.3");
  private static final Uid FIRST = new Uid("1.5.1");
  private static final Uid SECOND = new Uid("1.5.2");
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final UserInformation PLAIN = user(0, null, List.of());

  @Test
  void theProposersOrderOfTransferSyntaxesCountsIfWeLetIt() {
    assertThat(answer(accepting(Preference.PROPOSED, FIRST, SECOND), "1.9", "1.5.2", "1.5.1"))
        .isEqualTo(new AnsweredContext(1, Result.ACCEPTANCE, "1.5.2"));
  }

  @Test
  void ourOrderOfTransferSyntaxesCountsIfWeSaySo() {
    assertThat(answer(accepting(Preference.OURS, FIRST, SECOND), "1.9", "1.5.2", "1.5.1"))
        .isEqualTo(new AnsweredContext(1, Result.ACCEPTANCE, "1.5.1"));
  }

  @Test
  void noCommonTransferSyntaxIsSaidSo() {
    assertThat(answer(accepting(Preference.OURS, FIRST), "1.9"))
        .isEqualTo(new AnsweredContext(1, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED, IMPLICIT));
  }

  @Test
  void aPolicyMayRefuseOnePeerAndHideFromAnother() {
    assertThat(answer(_ -> new ContextPolicy.Rejected(), "1.5.1").result())
        .isEqualTo(Result.USER_REJECTION);
    assertThat(answer(_ -> new ContextPolicy.NotSupported(), "1.5.1").result())
        .isEqualTo(Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.4", "", "no UID", "1.2.3 "})
  void whatIsNotServedIsRefusedWhateverThePolicySays(String abstractSyntax) {
    ProposedContext proposed = new ProposedContext(7, abstractSyntax, List.of("1.5.1"));

    Negotiation negotiation =
        negotiate(List.of(proposed), PLAIN, accepting(Preference.PROPOSED, FIRST));

    assertThat(negotiation.agreed().contexts()).isEmpty();
    assertThat(negotiation.answer().contexts())
        .containsExactly(new AnsweredContext(7, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED, IMPLICIT));
  }

  @Test
  void everyContextIsAnsweredOnItsOwn() {
    Negotiation negotiation =
        negotiate(
            List.of(
                new ProposedContext(1, "1.2.3", List.of("1.5.1")),
                new ProposedContext(3, "1.2.4", List.of("1.5.1")),
                new ProposedContext(5, "1.2.3", List.of("1.5.2"))),
            PLAIN,
            accepting(Preference.PROPOSED, FIRST, SECOND));

    assertThat(negotiation.answer().contexts())
        .extracting(AnsweredContext::id)
        .containsExactly(1, 3, 5);
    assertThat(negotiation.agreed().contexts().values())
        .containsExactly(
            new AcceptedContext(1, SERVED, FIRST), new AcceptedContext(5, SERVED, SECOND));
  }

  @Test
  void theAcceptanceSaysWhatWeTakeAndWhoWeAre() {
    UserInformation ours = userAnswer(PLAIN);

    assertThat(ours.pduBytesMax()).isEqualTo(64 << 10);
    assertThat(ours.implementationClassUid()).isEqualTo("2.25.7");
    assertThat(ours.implementationVersionName()).isEqualTo("TEST");
    assertThat(ours.asynchronousOperations()).as("not proposed, not answered").isNull();
  }

  @ParameterizedTest(name = "{0} invoked and {1} performed")
  @CsvSource({"0,0,8,64", "1,1,1,1", "5,32,5,32", "100,100,8,64"})
  void anAsynchronousWindowIsAnsweredWithWhatBothTake(
      int invoked, int performed, int itsInvoked, int itsPerformed) {
    AsynchronousOperations asked = new AsynchronousOperations(invoked, performed);
    Negotiation negotiation =
        negotiate(
            List.of(new ProposedContext(1, SERVED.value(), List.of("1.5.1"))),
            user(0, asked, List.of()),
            accepting(Preference.PROPOSED, FIRST));

    assertThat(negotiation.answer().userInformation().asynchronousOperations())
        .isEqualTo(new AsynchronousOperations(itsInvoked, itsPerformed));
    assertThat(negotiation.agreed().performedMax()).isEqualTo(itsInvoked);
    assertThat(negotiation.agreed().invokedMax()).isEqualTo(itsPerformed);
  }

  @Test
  void withoutAWindowItIsOneEachWay() {
    Negotiation negotiation =
        negotiate(
            List.of(new ProposedContext(1, SERVED.value(), List.of("1.5.1"))),
            user(0, null, List.of()),
            accepting(Preference.PROPOSED, FIRST));

    assertThat(negotiation.agreed().performedMax()).isEqualTo(1);
    assertThat(negotiation.agreed().invokedMax()).isEqualTo(1);
  }

  @Test
  void whatAPolicyGivesOfRolesAndExtendedNegotiationIsAnswered() {
    ContextPolicy policy =
        new ContextPolicy() {
          @Override
          public Verdict decide(Uid abstractSyntax) {
            return new ContextPolicy.Accepted(List.of(FIRST), Preference.PROPOSED);
          }

          @Override
          public Roles roles(Uid abstractSyntax, Roles proposed) {
            return new Roles(false, true);
          }

          @Override
          public Optional<String> extended(Uid abstractSyntax, String information) {
            return Optional.of("01");
          }
        };
    UserInformation proposed =
        new UserInformation(
            0,
            "",
            "",
            null,
            List.of(new RoleSelection("1.2.3", true, true)),
            List.of(new ExtendedNegotiation("1.2.3", "0101")),
            List.of(),
            new UserIdentity(2, true, "Jane", "pw"));

    Negotiation negotiation =
        negotiate(
            List.of(new ProposedContext(1, SERVED.value(), List.of("1.5.1"))),
            proposed,
            policy,
            true);

    UserInformation answer = negotiation.answer().userInformation();
    assertThat(answer.roles()).containsExactly(new RoleSelection("1.2.3", false, true));
    assertThat(answer.extended()).containsExactly(new ExtendedNegotiation("1.2.3", "01"));
    assertThat(answer.identityAnswer()).isEmpty();
    assertThat(negotiation.agreed().contexts().values())
        .containsExactly(new AcceptedContext(1, SERVED, FIRST, false, true));
  }

  @Test
  void rolesAreAnsweredOnceForAcceptedSopClassesAndNeverMakeThePeerAProvider() {
    List<RoleSelection> proposed =
        List.of(
            new RoleSelection("1.2.3", true, true),
            new RoleSelection("1.2.3", false, true),
            new RoleSelection("1.2.4", true, true));

    assertThat(userAnswer(user(0, null, proposed)).roles())
        .containsExactly(new RoleSelection("1.2.3", true, false));
  }

  @Test
  void extendedNegotiationAndIdentityAreLeftUnanswered() {
    UserInformation proposed =
        new UserInformation(
            0,
            "",
            "",
            null,
            List.of(),
            List.of(new ExtendedNegotiation("1.2.3", "02")),
            List.of(),
            new UserIdentity(2, true, "Jane", "pw"));

    assertThat(userAnswer(proposed).extended()).isEmpty();
    assertThat(userAnswer(proposed).identity()).isNull();
    assertThat(userAnswer(proposed).identityAnswer()).isNull();
  }

  @Test
  void requestsThatNobodyMayMakeAreRejectedWithTheirReason() {
    assertThat(Negotiation.refusal(request(1, "A", "B", 0, Negotiation.APPLICATION_CONTEXT)))
        .isEmpty();
    assertThat(Negotiation.refusal(request(2, "A", "B", 0, Negotiation.APPLICATION_CONTEXT)))
        .contains(Rejection.PROTOCOL_VERSION_NOT_SUPPORTED);
    assertThat(Negotiation.refusal(request(3, "A", "B", 0, "1.2.3")))
        .contains(Rejection.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED);
    assertThat(Negotiation.refusal(request(1, " ", "B", 0, Negotiation.APPLICATION_CONTEXT)))
        .contains(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    assertThat(Negotiation.refusal(request(1, "A", "B\\", 0, Negotiation.APPLICATION_CONTEXT)))
        .contains(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    assertThat(Negotiation.refusal(request(1, "A", "B\0C", 0, Negotiation.APPLICATION_CONTEXT)))
        .contains(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    assertThat(Negotiation.refusal(request(1, "A", "B\0", 0, Negotiation.APPLICATION_CONTEXT)))
        .as("an old peer pads with zeros")
        .isEmpty();
    assertThat(Negotiation.refusal(request(1, "A", "B", 7, Negotiation.APPLICATION_CONTEXT)))
        .as("no response fits")
        .contains(Rejection.NO_REASON);
    assertThat(Negotiation.refusal(request(1, "A", "B", 8, Negotiation.APPLICATION_CONTEXT)))
        .isEmpty();
  }

  private static Pdu.AAssociateRq request(
      int version, String called, String calling, long pduBytesMax, String application) {
    return new Pdu.AAssociateRq(
        version,
        called,
        calling,
        "",
        application,
        List.of(new ProposedContext(1, "1.2.3", List.of("1.5.1"))),
        user(pduBytesMax, null, List.of()));
  }

  private static UserInformation user(
      long pduBytesMax,
      @org.jspecify.annotations.Nullable AsynchronousOperations window,
      List<RoleSelection> roles) {
    return new UserInformation(pduBytesMax, "", "", window, roles, List.of(), List.of(), null);
  }

  private static ContextPolicy accepting(Preference preference, Uid... syntaxes) {
    return _ -> new ContextPolicy.Accepted(List.of(syntaxes), preference);
  }

  private static AnsweredContext answer(ContextPolicy policy, String... proposed) {
    return negotiate(
            List.of(new ProposedContext(1, SERVED.value(), List.of(proposed))), PLAIN, policy)
        .answer()
        .contexts()
        .getFirst();
  }

  private static UserInformation userAnswer(UserInformation proposed) {
    return negotiate(
            List.of(new ProposedContext(1, SERVED.value(), List.of("1.5.1"))),
            proposed,
            accepting(Preference.PROPOSED, FIRST))
        .answer()
        .userInformation();
  }

  private static Negotiation negotiate(
      List<ProposedContext> contexts, UserInformation user, ContextPolicy policy) {
    return negotiate(contexts, user, policy, false);
  }

  private static Negotiation negotiate(
      List<ProposedContext> contexts,
      UserInformation user,
      ContextPolicy policy,
      boolean identified) {
    return Negotiation.of(
        new Pdu.AAssociateRq(1, "A", "B", "", "", contexts, user),
        Set.of(SERVED),
        policy,
        identified,
        RunningAcceptor.patient());
  }
}
