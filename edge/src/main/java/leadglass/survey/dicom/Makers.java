package leadglass.survey.dicom;

import leadglass.survey.Product;

/// Products by how they introduce themselves (PS3.7 §D.3.3.2).
final class Makers {
  private Makers() {}

  static Product of(String implementationClass, String versionName) {
    if (versionName.startsWith("LEADGLASS")) {
      return Product.LEADGLASS;
    }
    if (versionName.startsWith("ORTHANC")) {
      return Product.ORTHANC;
    }
    if (implementationClass.startsWith("1.2.276.0.7230010.3.0.3.")) {
      return versionName.startsWith("OFFIS") ? Product.DCMTK : Product.UNKNOWN;
    }
    if (implementationClass.startsWith("1.2.40.0.13.1.")) {
      return Product.DCM4CHEE;
    }
    if (implementationClass.startsWith("1.2.826.0.1.3680043.2.135.")) {
      return Product.CONQUEST;
    }
    if (implementationClass.startsWith("1.3.6.1.4.1.25403.")) {
      return Product.CLEARCANVAS;
    }
    return Product.UNKNOWN;
  }
}
