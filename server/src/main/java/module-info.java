/// The doors: DIMSE services, DICOMweb, pages.
module leadglass.server {
  requires static transitive org.jspecify;
  requires transitive leadglass.archive;
  requires transitive leadglass.net;
  requires static java.compiler; // classes that templates become carry @Generated
  requires gg.jte.runtime;
  requires io.nayuki.qrcodegen;
  requires leadglass.image;
  requires org.eclipse.jetty.alpn.server;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.server;
  requires tools.jackson.core;

  exports leadglass.server;
  exports leadglass.server.http;
  exports leadglass.server.scp;
  exports leadglass.server.ui;
  exports leadglass.server.viewer;
  exports leadglass.server.web;
}
