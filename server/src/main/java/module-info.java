/// See the pom.
module leadglass.server {
  exports leadglass.server.viewer;

  requires static transitive org.jspecify;
}
