package leadglass.dicom.io;

/// A stream that can skip without reading what it skips, such as one over a file. A reader that
/// passes over a long value skips in it; of any other stream it reads every byte.
public interface CheapSkip {}
