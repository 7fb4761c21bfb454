/// The gate, and everything behind it.
module leadglass.archive {
  requires static transitive org.jspecify;
  requires transitive leadglass.dicom;
  requires leadglass.store;

  exports leadglass.archive;
}
