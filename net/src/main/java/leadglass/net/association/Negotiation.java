package leadglass.net.association;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.ul.AnsweredContext;
import leadglass.net.ul.AnsweredContext.Result;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PdvHeader;
import leadglass.net.ul.ProposedContext;
import leadglass.net.ul.Rejection;
import leadglass.net.ul.UserInformation;
import leadglass.net.ul.UserInformation.AsynchronousOperations;
import leadglass.net.ul.UserInformation.RoleSelection;

/// What is answered to a request that was admitted (PS3.8 §9.3.3, PS3.7 Annex D.3). Pure.
///
/// @param contexts accepted, by their IDs
record Negotiation(Pdu.AAssociateAc answer, Map<Integer, AcceptedContext> contexts) {
  /// PS3.7 Annex A.2.1.
  static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  private static final String AE_TITLE = "[ -~&&[^\\\\]]{1,16}";

  /// Why a request can't be answered, whoever sent it.
  static Optional<Rejection> refusal(Pdu.AAssociateRq request) {
    if ((request.protocolVersion() & 1) == 0) {
      return Optional.of(Rejection.PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!request.applicationContext().equals(APPLICATION_CONTEXT)) {
      return Optional.of(Rejection.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED);
    }
    if (!request.calledAeTitle().matches(AE_TITLE)) {
      return Optional.of(Rejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
    if (!request.callingAeTitle().matches(AE_TITLE)) {
      return Optional.of(Rejection.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
    long peerMax = request.userInformation().pduBytesMax();
    // Two bytes of a fragment must fit, or no response could ever be sent.
    return peerMax != 0 && peerMax < PdvHeader.BYTES + 2
        ? Optional.of(Rejection.NO_REASON)
        : Optional.empty();
  }

  static Negotiation of(
      Pdu.AAssociateRq request, Set<Uid> served, ContextPolicy policy, AcceptorSettings settings) {
    List<AnsweredContext> answers = new ArrayList<>();
    Map<Integer, AcceptedContext> accepted = new LinkedHashMap<>();
    for (ProposedContext proposed : request.contexts()) {
      AnsweredContext answer = answer(proposed, served, policy);
      answers.add(answer);
      if (answer.accepted()) {
        accepted.put(
            proposed.id(),
            new AcceptedContext(
                proposed.id(),
                new Uid(proposed.abstractSyntax()),
                new Uid(answer.transferSyntax())));
      }
    }
    Pdu.AAssociateAc ac =
        new Pdu.AAssociateAc(
            request.calledField(),
            request.callingField(),
            request.reservedField(),
            APPLICATION_CONTEXT,
            answers,
            userInformation(request.userInformation(), accepted, settings));
    return new Negotiation(ac, accepted);
  }

  private static AnsweredContext answer(
      ProposedContext proposed, Set<Uid> served, ContextPolicy policy) {
    Uid abstractSyntax = Uid.parse(proposed.abstractSyntax()).orElse(null);
    if (abstractSyntax == null || !served.contains(abstractSyntax)) {
      return rejected(proposed, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    return switch (policy.decide(abstractSyntax)) {
      case ContextPolicy.NotSupported() -> rejected(proposed, Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
      case ContextPolicy.Rejected() -> rejected(proposed, Result.USER_REJECTION);
      case ContextPolicy.Accepted(List<Uid> ours, ContextPolicy.Preference preference) ->
          common(proposed.transferSyntaxes(), ours, preference)
              .map(uid -> new AnsweredContext(proposed.id(), Result.ACCEPTANCE, uid))
              .orElseGet(() -> rejected(proposed, Result.TRANSFER_SYNTAXES_NOT_SUPPORTED));
    };
  }

  private static Optional<String> common(
      List<String> theirs, List<Uid> ours, ContextPolicy.Preference preference) {
    List<String> known = ours.stream().map(Uid::value).toList();
    return switch (preference) {
      case PROPOSED -> theirs.stream().filter(known::contains).findFirst();
      case OURS -> known.stream().filter(theirs::contains).findFirst();
    };
  }

  /// The transfer syntax of a rejected context is sent, but not significant (PS3.8 §9.3.3.2).
  private static AnsweredContext rejected(ProposedContext proposed, Result why) {
    return new AnsweredContext(
        proposed.id(), why, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid().value());
  }

  /// Each item only if it was proposed. Extended negotiation and user identity have no answer: we
  /// support neither, which leaving the answer out says (PS3.7 §D.3.3.5, §D.3.3.7). Common extended
  /// negotiation has none at all (§D.3.3.6).
  private static UserInformation userInformation(
      UserInformation proposed, Map<Integer, AcceptedContext> accepted, AcceptorSettings settings) {
    return new UserInformation(
        settings.pduBytesMax(),
        settings.implementationClass().value(),
        settings.implementationVersion(),
        proposed.asynchronousOperations() == null ? null : new AsynchronousOperations(1, 1),
        roles(proposed.roles(), accepted),
        List.of(),
        List.of(),
        null);
  }

  /// The requestor stays SCU if it proposed to be, and never becomes SCP (PS3.7 §D.3.3.4). Answered
  /// for SOP classes that were accepted, once each.
  private static List<RoleSelection> roles(
      List<RoleSelection> proposed, Map<Integer, AcceptedContext> accepted) {
    Map<String, RoleSelection> answers = new LinkedHashMap<>();
    for (RoleSelection role : proposed) {
      boolean known =
          accepted.values().stream()
              .anyMatch(context -> context.abstractSyntax().value().equals(role.sopClass()));
      if (known) {
        answers.putIfAbsent(role.sopClass(), new RoleSelection(role.sopClass(), role.scu(), false));
      }
    }
    return List.copyOf(answers.values());
  }
}
