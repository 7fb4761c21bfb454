package leadglass.server.ui;

import java.util.ArrayList;
import java.util.List;
import leadglass.server.http.Problem;
import leadglass.server.ui.page.Notice;

/// What went wrong, in words: what happened, what it means, what to do.
final class ProblemPage {
  private final Frame frame;

  ProblemPage(Frame frame) {
    this.frame = frame;
  }

  String html(Problem problem) {
    return frame.anonymous(notice(problem));
  }

  /// One answer for "not there" and "not yours": no page confirms that something exists.
  static Notice notShown() {
    return new Notice(
        "We cannot show this",
        "",
        List.of("It may not exist, or you may not have access."),
        List.of(new Notice.Link("/", "Worklist")));
  }

  static Notice notice(Problem problem) {
    return switch (problem.status()) {
      case 401 ->
          new Notice(
              "Please sign in",
              "",
              List.of("Your session has ended, or you have not signed in yet. Nothing was lost."),
              List.of(new Notice.Link("/sign-in", "Sign in")));
      case 403, 404 ->
          problem.type().equals("cross-site") || problem.type().equals("fresh-factor-needed")
              ? words(problem)
              : notShown();
      default ->
          problem.status() >= 500 && !problem.type().equals("set-up-needed")
              ? fault(problem)
              : words(problem);
    };
  }

  private static Notice fault(Problem problem) {
    List<String> sentences = new ArrayList<>();
    sentences.add(problem.status() == 503 ? problem.title() : "Something failed on our side.");
    sentences.add("Nothing was lost.");
    if (!problem.detail().isEmpty()) {
      sentences.add(problem.detail());
    }
    return new Notice(
        "That did not work", "", sentences, List.of(new Notice.Link("/", "Start again")));
  }

  private static Notice words(Problem problem) {
    List<String> sentences = new ArrayList<>(List.of(problem.title()));
    if (!problem.detail().isEmpty()) {
      sentences.add(problem.detail());
    }
    return new Notice(
        "That did not work", "", sentences, List.of(new Notice.Link("/", "Start again")));
  }
}
