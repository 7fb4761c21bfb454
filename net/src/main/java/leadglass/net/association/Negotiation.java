package leadglass.net.association;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import leadglass.net.ul.UserInformation.ExtendedNegotiation;
import leadglass.net.ul.UserInformation.RoleSelection;
import leadglass.net.ul.UserInformation.UserIdentity;

/// What is answered to a request that was admitted (PS3.8 §9.3.3, PS3.7 Annex D.3). Pure.
record Negotiation(Pdu.AAssociateAc answer, Agreed agreed) {
  /// PS3.7 Annex A.2.1.
  static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  private static final RoleSelection SCU = new RoleSelection("", true, false);

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
      Pdu.AAssociateRq request,
      Set<Uid> served,
      ContextPolicy policy,
      boolean identified,
      AcceptorSettings settings) {
    UserInformation proposed = request.userInformation();
    List<AnsweredContext> answers = new ArrayList<>();
    List<AnsweredContext> accepted = new ArrayList<>();
    Map<Integer, Uid> syntaxes = new LinkedHashMap<>();
    for (ProposedContext each : request.contexts()) {
      AnsweredContext answer = answer(each, served, policy);
      answers.add(answer);
      if (answer.accepted()) {
        accepted.add(answer);
        syntaxes.put(each.id(), new Uid(each.abstractSyntax()));
      }
    }
    Map<Uid, RoleSelection> roles = roles(proposed.roles(), syntaxes.values(), policy);
    Map<Uid, String> extended = extended(proposed.extended(), syntaxes.values(), policy);
    AsynchronousOperations window = proposed.asynchronousOperations();
    int performed = window == null ? 1 : least(window.invokedMax(), AcceptorSettings.PERFORMED_MAX);
    int invoked = window == null ? 1 : least(window.performedMax(), AcceptorSettings.INVOKED_MAX);
    Map<Integer, AcceptedContext> contexts = new LinkedHashMap<>();
    for (AnsweredContext each : accepted) {
      Uid sopClass = Objects.requireNonNull(syntaxes.get(each.id()));
      RoleSelection role = roles.getOrDefault(sopClass, SCU);
      contexts.put(
          each.id(),
          new AcceptedContext(
              each.id(), sopClass, new Uid(each.transferSyntax()), role.scu(), role.scp()));
    }
    UserIdentity identity = proposed.identity();
    boolean told = identified && identity != null && identity.positiveResponseRequested();
    UserInformation answer =
        new UserInformation(
            settings.pduBytesMax(),
            settings.implementationClass().value(),
            settings.implementationVersion(),
            window == null
                ? null
                : new AsynchronousOperations(
                    /* invokedMax= */ performed, /* performedMax= */ invoked),
            List.copyOf(roles.values()),
            extended.entrySet().stream()
                .map(each -> new ExtendedNegotiation(each.getKey().value(), each.getValue()))
                .toList(),
            List.of(), // common extended negotiation has no answer (PS3.7 §D.3.3.6)
            null,
            told ? "" : null);
    Pdu.AAssociateAc ac =
        new Pdu.AAssociateAc(
            request.calledField(),
            request.callingField(),
            request.reservedField(),
            APPLICATION_CONTEXT,
            answers,
            answer);
    return new Negotiation(
        ac, new Agreed(contexts, proposed.pduBytesMax(), invoked, performed, extended, false));
  }

  /// Zero is no limit (PS3.7 §D.3.3.3).
  private static int least(int theirs, int ours) {
    return theirs == 0 ? ours : Math.min(theirs, ours);
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

  /// For SOP classes that were accepted, once each.
  private static Map<Uid, RoleSelection> roles(
      List<RoleSelection> proposed, Collection<Uid> accepted, ContextPolicy policy) {
    Map<Uid, RoleSelection> answers = new LinkedHashMap<>();
    for (RoleSelection role : proposed) {
      Uid sopClass = Uid.parse(role.sopClass()).orElse(null);
      if (sopClass != null && accepted.contains(sopClass) && !answers.containsKey(sopClass)) {
        ContextPolicy.Roles given =
            policy.roles(sopClass, new ContextPolicy.Roles(role.scu(), role.scp()));
        answers.put(
            sopClass,
            new RoleSelection(
                role.sopClass(), role.scu() && given.scu(), role.scp() && given.scp()));
      }
    }
    return answers;
  }

  /// Leaving an answer out says that nothing of it is supported (PS3.7 §D.3.3.5).
  private static Map<Uid, String> extended(
      List<ExtendedNegotiation> proposed, Collection<Uid> accepted, ContextPolicy policy) {
    Map<Uid, String> answers = new LinkedHashMap<>();
    for (ExtendedNegotiation each : proposed) {
      Uid sopClass = Uid.parse(each.sopClass()).orElse(null);
      if (sopClass != null && accepted.contains(sopClass)) {
        policy
            .extended(sopClass, each.information())
            .ifPresent(answer -> answers.putIfAbsent(sopClass, answer));
      }
    }
    return answers;
  }
}
