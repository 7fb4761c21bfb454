package leadglass.app.report;

import java.util.List;

/// A row of the draft risk analysis.
///
/// @param threat what might happen
/// @param harm what that would do
/// @param level a draft, for the site to judge
/// @param findings what stands against it, and what is open
public record Threat(String threat, String harm, String level, List<Finding> findings) {
  public Threat {
    findings = List.copyOf(findings);
  }

  static Threat of(String threat, String harm, List<Finding> findings) {
    boolean grave = findings.stream().anyMatch(Finding::grave);
    State worst = findings.stream().map(Finding::state).reduce(State.SUPPORTED, State::worse);
    String level =
        switch (worst) {
          case OPEN -> grave ? "high until done" : "raised until done";
          case NOT_KNOWN, ATTACH -> "can't be judged from here";
          case SUPPORTED -> "lowered; judge what is left";
        };
    return new Threat(threat, harm, level, findings);
  }
}
