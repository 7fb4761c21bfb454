package leadglass.survey.probe;

import java.util.List;
import leadglass.survey.Product;

/// Pages of viewers and archives, by words that stand on them.
enum Viewer {
  OHIF(Product.OHIF, "<title>OHIF"),
  OVIYAM(Product.OVIYAM, "<title>Oviyam"),
  WEASIS(Product.WEASIS, "<title>Weasis", "weasis://"),
  DWV(Product.DWV, "<title>DWV", "<title>DICOM Web Viewer", "dwv.min.js"),
  DICOOGLE(Product.DICOOGLE, "<title>Dicoogle"),
  ORTHANC_EXPLORER(Product.ORTHANC, "<title>Orthanc Explorer"),
  STONE(Product.ORTHANC, "Stone Web viewer"),
  VOLVIEW(Product.UNKNOWN, "<title>VolView"),
  RADIANT(Product.RADIANT, "<title>RadiAnt"),
  HOROS(Product.HOROS, "<title>Horos", "<title>OsiriX"),
  CLEARCANVAS(Product.CLEARCANVAS, "ClearCanvas ImageServer"),
  CONQUEST(Product.CONQUEST, "<title>Conquest DICOM", "Conquest DICOM server"),
  DCM4CHEE(Product.DCM4CHEE, "<title>DCM4CHEE");

  private final Product product;
  private final String words;

  Viewer(Product product, String... words) {
    this.product = product;
    this.words = String.join("\n", words);
  }

  Product product() {
    return product;
  }

  List<String> words() {
    return words.lines().toList();
  }
}
