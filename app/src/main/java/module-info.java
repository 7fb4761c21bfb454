/// See the pom.
module leadglass.app {
  requires static transitive org.jspecify;
}
