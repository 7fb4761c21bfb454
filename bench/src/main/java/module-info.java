/// Measures the program as a whole, from outside.
module leadglass.bench {
  requires static transitive org.jspecify;
  requires info.picocli;
  requires java.compiler;
  requires jdk.jfr;
  requires leadglass.testkit;

  opens leadglass.bench to
      info.picocli;
}
