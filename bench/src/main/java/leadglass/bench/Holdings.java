package leadglass.bench;

import java.io.IOException;

/// What the archive under measurement holds. What questions are asked of is stored when the first
/// case needs it.
final class Holdings {
  /// Instances of the series that is read back.
  static final int SERIES_INSTANCES = 200;

  private static final int LOADING_ASSOCIATIONS = 4;

  private final Program program;
  private final int studies;
  private int lastGroup;
  private int studiesGroup;
  private int seriesGroup;

  /// @param studies to ask questions of
  Holdings(Program program, int studies) {
    this.program = program;
    this.studies = studies;
  }

  /// A group of instances that were not sent before.
  int freshGroup() {
    return ++lastGroup;
  }

  /// How many studies questions are asked of, besides those that other cases have sent.
  int studies() {
    return studies;
  }

  /// A group of [#studies] studies of one small instance each.
  int studiesGroup() throws IOException, InterruptedException {
    if (studiesGroup == 0) {
      int group = freshGroup();
      new Storing(program, Shape.TINY)
          .run(LOADING_ASSOCIATIONS, studies, i -> Storing.alone(group, i));
      studiesGroup = group;
    }
    return studiesGroup;
  }

  /// A group of one series of [#SERIES_INSTANCES] CT instances.
  int seriesGroup() throws IOException, InterruptedException {
    if (seriesGroup == 0) {
      int group = freshGroup();
      new Storing(program, Shape.CT).run(group, LOADING_ASSOCIATIONS, SERIES_INSTANCES);
      seriesGroup = group;
    }
    return seriesGroup;
  }
}
