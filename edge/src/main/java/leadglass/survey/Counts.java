package leadglass.survey;

import java.util.OptionalLong;

/// How much a stranger can see, as told by the server's own counters or counted by a question.
///
/// @param accessible images that a stranger can have, not only see listed
/// @param atLeast counting was stopped at a cap
/// @param source where the numbers come from
public record Counts(
    OptionalLong patients,
    OptionalLong studies,
    OptionalLong images,
    OptionalLong accessible,
    boolean atLeast,
    Source source) {

  private static final int IMAGES_A_STUDY = 30;

  /// Where numbers come from.
  public enum Source {
    NONE("not counted"),
    VENDOR("the server's own counters"),
    QUERY("counted by a query"),
    ESTIMATE("images estimated at 30 a study");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public static final Counts NONE =
      new Counts(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          false,
          Source.NONE);

  public static Counts of(
      OptionalLong patients, OptionalLong studies, OptionalLong images, Source source) {
    return new Counts(patients, studies, images, OptionalLong.empty(), false, source);
  }

  public Counts stoppedEarly() {
    return new Counts(patients, studies, images, accessible, true, source);
  }

  /// Images where only studies were told, as many a study as the systems of the 2019 report had.
  Counts estimated() {
    return studies.isPresent() && images.isEmpty()
        ? new Counts(
            patients,
            studies,
            OptionalLong.of(studies.getAsLong() * IMAGES_A_STUDY),
            accessible,
            atLeast,
            Source.ESTIMATE)
        : this;
  }

  /// These, where all images that are listed can be had too.
  public Counts allAccessible() {
    return new Counts(patients, studies, images, images, atLeast, source);
  }

  public boolean any() {
    return patients.isPresent() || studies.isPresent() || images.isPresent();
  }

  /// The larger of two views of the same data: two doors of one archive hold the same images.
  public Counts or(Counts other) {
    return new Counts(
        larger(patients, other.patients),
        larger(studies, other.studies),
        larger(images, other.images),
        larger(accessible, other.accessible),
        atLeast || other.atLeast,
        any() ? source : other.source);
  }

  private static OptionalLong larger(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
  }
}
