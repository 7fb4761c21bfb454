/// The doors: DIMSE services, DICOMweb, pages.
module leadglass.server {
  requires static transitive org.jspecify;
  requires transitive leadglass.archive;

  exports leadglass.server.http;
}
