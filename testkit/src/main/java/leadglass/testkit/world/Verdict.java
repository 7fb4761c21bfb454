package leadglass.testkit.world;

/// What is true of a host, or what a survey may honestly say of it.
public enum Verdict {
  /// Patients, studies or images without signing in.
  OPEN,
  /// Only a name is in the way.
  NOMINAL,
  /// DICOM answers a stranger, but lists nothing.
  EXPOSED,
  CLOSED,
  CANT_TELL
}
