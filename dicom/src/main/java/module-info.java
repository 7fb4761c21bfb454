/// Data sets, dictionary, encodings and DICOM JSON. Knows nothing of archives.
module leadglass.dicom {
  requires static transitive org.jspecify;

  exports leadglass.dicom.charset;
  exports leadglass.dicom.data;
  exports leadglass.dicom.dict;
  exports leadglass.dicom.io;
  exports leadglass.dicom.json;
}
