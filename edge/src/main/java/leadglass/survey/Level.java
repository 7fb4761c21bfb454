package leadglass.survey;

/// How bad a finding is. The worst one sets the grade; there are no points.
public enum Level {
  /// Nothing.
  CLOSED(0, Grade.A),
  /// A hint that helps an attacker: a product's version, a missing header.
  NOTE(1, Grade.B),
  /// It answers a stranger at all, or its cryptography is out of date.
  EXPOSED(2, Grade.C),
  /// Only a name stands in the way, or data crosses a network in clear.
  NOMINAL(3, Grade.D),
  /// Patients, studies, images or reports without signing in.
  OPEN(4, Grade.F);

  private final int number;
  private final Grade grade;

  Level(int number, Grade grade) {
    this.number = number;
    this.grade = grade;
  }

  public int number() {
    return number;
  }

  public Grade grade() {
    return grade;
  }
}
