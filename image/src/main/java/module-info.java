/// Small pictures of frames. Knows nothing of archives.
module leadglass.image {
  requires static transitive org.jspecify;
  requires transitive leadglass.dicom;

  exports leadglass.image;
}
