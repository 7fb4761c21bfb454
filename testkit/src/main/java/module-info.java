/// What tests share. Depends on nothing of Leadglass.
module leadglass.testkit {
  requires static transitive org.jspecify;

  exports leadglass.testkit;
}
