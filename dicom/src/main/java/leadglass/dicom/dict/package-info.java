/// What PS3.6 registers: attributes, UIDs, SOP classes, transfer syntaxes. Facts, read from
/// resources.
///
/// May use: `leadglass.dicom.data`. Loaded once, on first use; immutable afterwards.
@NullMarked
package leadglass.dicom.dict;

import org.jspecify.annotations.NullMarked;
