/// The gate, and everything behind it.
module leadglass.archive {
  requires static transitive org.jspecify;
  requires transitive leadglass.audit;
  requires transitive leadglass.dicom;
  requires leadglass.store;
  requires com.fasterxml.jackson.annotation;
  requires com.webauthn4j.core;
  requires tools.jackson.databind;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;

  exports leadglass.archive;

  opens leadglass.archive to
      tools.jackson.databind; // documents of the registry and audit entries are its records
}
