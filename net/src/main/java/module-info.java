/// The DICOM upper layer, DIMSE and secure transport: PS3.7, PS3.8, PS3.15. Knows nothing of
/// archives.
module leadglass.net {
  requires static transitive org.jspecify;
  requires transitive leadglass.dicom;
  requires jdk.net;

  exports leadglass.net.association;
  exports leadglass.net.dimse;
  exports leadglass.net.near;
  exports leadglass.net.tls;
  exports leadglass.net.ul;
}
