/// See the pom.
module leadglass.server {
  requires static transitive org.jspecify;
}
