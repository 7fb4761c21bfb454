package leadglass.survey.http;

/// What a body is, by its first characters: rows are seen by the first one's brace, and not read.
public final class ShapeWatch implements Watch {

  /// The shapes.
  public enum Shape {
    /// No body.
    NOTHING,
    /// `[]` and nothing else.
    EMPTY_ARRAY,
    /// A JSON array that has something in it.
    ROWS,
    /// A JSON object.
    OBJECT,
    /// No JSON.
    OTHER
  }

  private Shape shape = Shape.NOTHING;
  private boolean open;
  private boolean closed;

  /// What it is; ask at the end.
  public Shape shape() {
    return open && !closed && shape == Shape.EMPTY_ARRAY ? Shape.OTHER : shape;
  }

  @Override
  public void see(int octet) {
    if (settled() || octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n') {
      return;
    }
    if (closed) {
      shape = Shape.OTHER;
    } else if (open) {
      closed = octet == ']';
      shape = closed ? Shape.EMPTY_ARRAY : Shape.ROWS;
    } else {
      open = octet == '[';
      shape = open ? Shape.EMPTY_ARRAY : octet == '{' ? Shape.OBJECT : Shape.OTHER;
    }
  }

  @Override
  public boolean settled() {
    return shape == Shape.ROWS || shape == Shape.OBJECT || shape == Shape.OTHER;
  }
}
