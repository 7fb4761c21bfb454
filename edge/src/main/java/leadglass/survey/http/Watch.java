package leadglass.survey.http;

/// Looks at a body as it passes. Keeps a place in a table of ours, a number, or nothing.
public sealed interface Watch permits Marker, NumberWatch, ShapeWatch, TitleWatch {
  /// The next octet.
  void see(int octet);

  /// Whether nothing that follows can change what it says.
  boolean settled();
}
