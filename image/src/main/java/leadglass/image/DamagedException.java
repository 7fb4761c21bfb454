package leadglass.image;

/// The bytes of a frame are not what they should be. Never leaves the package.
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;
}
