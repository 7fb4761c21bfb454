package leadglass.survey;

/// Products that are told apart, so that the report can say how to mend them. What a server says of
/// itself is only matched against these.
public enum Product {
  LEADGLASS("Leadglass"),
  ORTHANC("Orthanc"),
  DCM4CHEE("dcm4chee"),
  DCMTK("DCMTK"),
  CONQUEST("Conquest"),
  CLEARCANVAS("ClearCanvas"),
  DICOOGLE("Dicoogle"),
  OHIF("OHIF viewer"),
  OVIYAM("Oviyam"),
  WEASIS("Weasis"),
  RADIANT("RadiAnt"),
  HOROS("Horos or OsiriX"),
  DWV("DWV viewer"),
  NGINX("nginx"),
  APACHE("Apache HTTP Server"),
  ELASTICSEARCH("Elasticsearch"),
  UNKNOWN("unknown product");

  private final String words;

  Product(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
