/// What tests share. Depends on nothing of Leadglass.
module leadglass.testkit {
  requires static transitive org.jspecify;
  requires java.xml;
  requires jing;

  exports leadglass.testkit;
  exports leadglass.testkit.world;
}
