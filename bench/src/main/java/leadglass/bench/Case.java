package leadglass.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/// What can be measured.
///
/// @param name as it is typed
/// @param usualCount of instances or answers, if nothing else is asked for
/// @param warmUpCount of those before, which are not counted: what the server's compiler needs
record Case(String name, int usualCount, int warmUpCount, Work work) {
  static final List<Case> ALL =
      List.of(
          new Case("ct", 1000, 1500, storing(Shape.CT)),
          new Case("mr", 2000, 1500, storing(Shape.MR)),
          new Case("tiny", 4000, 6000, storing(Shape.TINY)),
          new Case("xa", 4, 2, storing(Shape.XA)),
          new Case(
              "stow",
              1000,
              1000,
              (program, holdings, connections, count) ->
                  Stowing.run(program, holdings.freshGroup(), connections, count)),
          new Case(
              "qido-key",
              2000,
              2000,
              asking("QIDO-RS by study UID", (group, i) -> "StudyInstanceUID=" + study(group, i))),
          new Case(
              "qido-name",
              1000,
              1000,
              asking(
                  "QIDO-RS 25 by name",
                  (_, i) -> "PatientName=BENCH%02d*&limit=25".formatted(i % 100))),
          new Case(
              "qido-month",
              1000,
              1000,
              asking(
                  "QIDO-RS 25 of a month",
                  (_, i) ->
                      "StudyDate=%1$d%2$02d01-%1$d%2$02d28&limit=25"
                          .formatted(2015 + i % 10, 1 + i % 12))),
          new Case("qido-newest", 1000, 1000, asking("QIDO-RS newest 25", (_, _) -> "limit=25")),
          new Case("qido-half", 1000, 1000, Case::half),
          new Case("frame", 2000, 2000, Case::frame),
          new Case("metadata", 100, 100, Case::metadata));

  @Override
  public String toString() {
    return name;
  }

  /// Does it so many times.
  interface Work {
    Row run(Program program, Holdings holdings, int connections, int count)
        throws IOException, InterruptedException;
  }

  /// The query of request `i`.
  private interface Question {
    String of(int group, int i);
  }

  /// Not counted.
  void warmUp(Program program, Holdings holdings, int connections)
      throws IOException, InterruptedException {
    work.run(program, holdings, connections, Math.max(warmUpCount, connections));
  }

  Row run(Program program, Holdings holdings, int connections, int count)
      throws IOException, InterruptedException {
    return work.run(program, holdings, connections, count);
  }

  private static Work storing(Shape shape) {
    return (program, holdings, connections, count) ->
        new Storing(program, shape).run(holdings.freshGroup(), connections, count);
  }

  private static Work asking(String name, Question question) {
    return (program, holdings, connections, count) -> {
      int group = holdings.studiesGroup();
      int studies = holdings.studies();
      IntFunction<String> path =
          i -> "/studies?" + question.of(group, Math.floorMod(i * 7919, studies));
      return Asking.run(name, program, connections, count, path, Asking.JSON, 1);
    };
  }

  private static String study(int group, int i) {
    return Storing.alone(group, i).studyUid();
  }

  private static Row half(Program program, Holdings holdings, int connections, int count)
      throws IOException, InterruptedException {
    holdings.studiesGroup();
    String path = "/studies?limit=25&offset=" + holdings.studies() / 2;
    return Asking.run(
        "QIDO-RS 25 at the middle", program, connections, count, _ -> path, Asking.JSON, 1);
  }

  private static String series(Naming naming) {
    return "/studies/" + naming.studyUid() + "/series/" + naming.seriesUid();
  }

  private static Row frame(Program program, Holdings holdings, int connections, int count)
      throws IOException, InterruptedException {
    int group = holdings.seriesGroup();
    IntFunction<String> path =
        i -> {
          Naming naming = Storing.naming(group, i % Holdings.SERIES_INSTANCES);
          return series(naming) + "/instances/" + naming.sopInstanceUid() + "/frames/1";
        };
    return Asking.run(
        "WADO-RS frame ct",
        program,
        connections,
        count,
        path,
        Asking.FRAMES,
        Shape.CT.frameBytes());
  }

  private static Row metadata(Program program, Holdings holdings, int connections, int count)
      throws IOException, InterruptedException {
    String path = series(Storing.naming(holdings.seriesGroup(), 0)) + "/metadata";
    return Asking.run(
        "WADO-RS metadata of 200", program, connections, count, _ -> path, Asking.JSON, 1);
  }
}
