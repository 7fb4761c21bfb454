package leadglass.survey.http;

/// A request, written by us: nothing that a server sent goes into it but the AE titles that it
/// lists for everyone ([TitleWatch]).
///
/// @param path with query
/// @param accept media types
public record Ask(Method method, String path, String accept) {
  private static final int PATH_CHARACTERS_MAX = 512;

  public Ask {
    if (path.length() > PATH_CHARACTERS_MAX || !path.matches("/[!-~]*") || path.startsWith("//")) {
      throw new IllegalArgumentException("no path");
    }
  }

  /// A page, or whatever there is.
  public static Ask page(String path) {
    return new Ask(Method.GET, path, "text/html, */*;q=0.5");
  }

  public static Ask json(String path) {
    return new Ask(Method.GET, path, "application/json");
  }

  public static Ask dicomJson(String path) {
    return new Ask(Method.GET, path, "application/dicom+json");
  }

  public static Ask head(String path) {
    return new Ask(Method.HEAD, path, "*/*");
  }

  public static Ask options(String path) {
    return new Ask(Method.OPTIONS, path, "*/*");
  }
}
