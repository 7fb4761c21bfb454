/// The doors: DIMSE services, DICOMweb, pages.
module leadglass.server {
  requires static transitive org.jspecify;
  requires transitive leadglass.archive;
  requires static java.compiler; // templates made classes carry @Generated
  requires gg.jte.runtime;
  requires io.nayuki.qrcodegen;

  exports leadglass.server.http;
  exports leadglass.server.ui;
}
