/// The doors: DIMSE services, DICOMweb, pages.
module leadglass.server {
  exports leadglass.server.viewer;

  requires static transitive org.jspecify;
  requires transitive leadglass.archive;

  exports leadglass.server.http;
}
