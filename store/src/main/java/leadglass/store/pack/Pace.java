package leadglass.store.pack;

/// How fast, and how long, something in the background may read.
public interface Pace {
  /// As fast as the disk gives it, to the end.
  Pace FREE = _ -> true;

  /// Told after so many bytes were read; may take its time.
  ///
  /// @return false to stop
  boolean spent(long bytes);
}
