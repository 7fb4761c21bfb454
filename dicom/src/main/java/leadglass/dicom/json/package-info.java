/// DICOM JSON (PS3.18 Annex F), written while data sets are read.
///
/// May use: the other packages of `leadglass.dicom`. Never holds more than one value.
@NullMarked
package leadglass.dicom.json;

import org.jspecify.annotations.NullMarked;
