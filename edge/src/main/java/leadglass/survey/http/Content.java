package leadglass.survey.http;

/// Classes of Content-Type.
public enum Content {
  NONE(""),
  HTML("text/html"),
  XHTML("application/xhtml"),
  JSON("application/json"),
  DICOM_JSON("application/dicom+json"),
  DICOM("application/dicom"),
  MULTIPART("multipart/related"),
  TEXT("text/plain"),
  OTHER("");

  private final String start;

  Content(String start) {
    this.start = start;
  }

  static Content of(Octets value) {
    for (Content each : values()) {
      if (!each.start.isEmpty() && value.startsWith(each.start)) {
        return each;
      }
    }
    return OTHER;
  }

  public boolean isPage() {
    return this == HTML || this == XHTML;
  }

  public boolean isJson() {
    return this == JSON || this == DICOM_JSON;
  }
}
