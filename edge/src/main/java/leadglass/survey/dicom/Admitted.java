package leadglass.survey.dicom;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// A fact about a door: with these titles a stranger gets an association.
///
/// @param contexts that were accepted
/// @param nonsense a SOP class that does not exist was accepted too
public record Admitted(Titles titles, Set<Context> contexts, boolean nonsense) {
  public Admitted {
    contexts = Set.copyOf(contexts);
  }

  /// An association for one question.
  ///
  /// @throws WireFault if it is not given again
  public Asked ask(Visit visit, Context context) throws IOException {
    return ask(visit.open(), context, Optional.empty());
  }

  /// Likewise, for an answer of many rows.
  public Asked askForCounting(Visit visit, Context context) throws IOException {
    return ask(visit.openForCounting(), context, Optional.empty());
  }

  /// Likewise, with a context that does not exist beside it.
  public Asked askNonsense(Visit visit, Context context, String nonsense) throws IOException {
    return ask(visit.open(), context, Optional.of(nonsense));
  }

  private Asked ask(Line line, Context context, Optional<String> nonsense) throws IOException {
    Question question = new Question(titles, List.of(context), nonsense, Optional.empty());
    return switch (question.ask(line)) {
      case Answer.Accepted accepted when accepted.association().accepted().contains(context) ->
          accepted.association();
      case Answer.Accepted accepted -> {
        accepted.association().close();
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      case Answer.Rejected _, Answer.Aborted _ -> throw new WireFault(WireFault.Kind.ENDED);
      case Answer.NotDicom _ -> throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    };
  }
}
