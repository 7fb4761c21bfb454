/// The doors: DIMSE services, DICOMweb, pages.
module leadglass.server {
  exports leadglass.server.viewer;

  requires static transitive org.jspecify;
  requires transitive leadglass.archive;
  requires static java.compiler; // classes that templates become carry @Generated
  requires gg.jte.runtime;
  requires io.nayuki.qrcodegen;
  requires org.eclipse.jetty.alpn.server;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.server;
  requires tools.jackson.core;

  exports leadglass.server.http;
  exports leadglass.server.ui;
}
