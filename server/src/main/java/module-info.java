/// The doors: DIMSE services, DICOMweb, pages.
module leadglass.server {
  requires static transitive org.jspecify;
  requires transitive leadglass.archive;
  requires transitive leadglass.net;

  exports leadglass.server.http;
  exports leadglass.server.scp;
  exports leadglass.server.viewer;
}
