/// Sealed packs, keys, catalogue and search.
module leadglass.store {
  requires static transitive org.jspecify;
  requires transitive leadglass.dicom;
  requires java.sql;
  requires org.apache.lucene.core;
  requires org.bouncycastle.provider;
  requires org.xerial.sqlitejdbc;

  exports leadglass.store;
}
