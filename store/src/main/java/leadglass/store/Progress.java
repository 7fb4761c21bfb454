package leadglass.store;

/// Told how far something is that takes its time.
public interface Progress {

  /// On any thread, as often as it likes; must not block.
  ///
  /// @param what is being done, such as `reading packs`: words of ours, no value
  /// @param total 0 when it is not known
  void at(String what, long done, long total);

  /// Tells nobody.
  Progress NONE = (_, _, _) -> {};
}
