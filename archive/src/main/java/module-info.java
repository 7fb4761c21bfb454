/// The gate, and everything behind it.
module leadglass.archive {
  requires static transitive org.jspecify;
  requires transitive leadglass.dicom;
  requires leadglass.store;
  requires com.fasterxml.jackson.annotation;
  requires tools.jackson.databind;

  exports leadglass.archive;
}
