package leadglass.survey.dicom;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.net.ul.Rejection;
import leadglass.net.ul.UserInformation.UserIdentity;
import leadglass.survey.Product;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;

/// What came of asking for an association with everything in it, as a stranger. Ended again at
/// once: questions have associations of their own.
///
/// @param accepted which contexts; empty unless welcome
/// @param nonsense whether it accepted a SOP class that does not exist, too
/// @param tongue what else the door speaks, where it is not DICOM
public record Introduction(
    Welcome welcome,
    Titles titles,
    Set<Context> accepted,
    boolean nonsense,
    boolean identityAnswered,
    Product product,
    Tongue tongue) {

  /// How a stranger is received.
  public enum Welcome {
    ACCEPTED,
    CALLED_TITLE_NOT_RECOGNIZED,
    CALLING_TITLE_NOT_RECOGNIZED,
    REJECTED,
    BUSY,
    ABORTED,
    NOT_DICOM
  }

  public Introduction {
    accepted = Set.copyOf(accepted);
  }

  /// Asks on a line, and closes it.
  ///
  /// @throws leadglass.survey.wire.WireFault if the line ends before an answer
  public static Introduction make(
      Visit visit, Line line, Titles titles, Optional<UserIdentity> identity) throws IOException {
    Question question =
        new Question(titles, List.of(Context.values()), Optional.of(visit.unknownUid()), identity);
    return switch (question.ask(line)) {
      case Answer.Accepted accepted -> {
        try (Asked asked = accepted.association()) {
          yield new Introduction(
              Welcome.ACCEPTED,
              titles,
              asked.accepted(),
              asked.nonsenseAccepted(),
              asked.identityAnswered(),
              asked.product(),
              Tongue.NONE);
        }
      }
      case Answer.Rejected rejected -> other(welcome(rejected.why()), titles, Tongue.NONE);
      case Answer.Aborted _ -> other(Welcome.ABORTED, titles, Tongue.NONE);
      case Answer.NotDicom not -> other(Welcome.NOT_DICOM, titles, not.tongue());
    };
  }

  private static Introduction other(Welcome welcome, Titles titles, Tongue tongue) {
    return new Introduction(welcome, titles, Set.of(), false, false, Product.UNKNOWN, tongue);
  }

  private static Welcome welcome(Optional<Rejection> why) {
    return why.map(each ->
            switch (each) {
              case CALLED_AE_TITLE_NOT_RECOGNIZED -> Welcome.CALLED_TITLE_NOT_RECOGNIZED;
              case CALLING_AE_TITLE_NOT_RECOGNIZED -> Welcome.CALLING_TITLE_NOT_RECOGNIZED;
              case TEMPORARY_CONGESTION, LOCAL_LIMIT_EXCEEDED -> Welcome.BUSY;
              case NO_REASON,
                  APPLICATION_CONTEXT_NAME_NOT_SUPPORTED,
                  NO_REASON_PROVIDER,
                  PROTOCOL_VERSION_NOT_SUPPORTED ->
                  Welcome.REJECTED;
            })
        .orElse(Welcome.REJECTED);
  }

  /// With titles that nobody told us.
  public static Titles unknown(Visit visit) {
    return new Titles(visit.unknownTitle(), Titles.OURS, false, false);
  }
}
