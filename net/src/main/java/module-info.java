/// See the pom.
module leadglass.net {
  requires static transitive org.jspecify;
}
