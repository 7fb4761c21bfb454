/// Small pictures of frames: decoding, windows, palettes, JPEG out. Pure Java, no native code.
///
/// May use: `leadglass.dicom.data`. What a frame's attributes say is never believed before it was
/// checked, and what can't be drawn is an outcome, not an exception.
@NullMarked
package leadglass.image;

import org.jspecify.annotations.NullMarked;
