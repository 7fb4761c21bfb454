package leadglass.store.catalogue;

/// A pack as the catalogue knows it.
///
/// @param name 32 hex digits
/// @param deadBytes of records in it that no row is of any more
/// @param verifiedMillis when every tag in it verified last, 0: never
public record PackEntry(String name, long deadBytes, long verifiedMillis) {}
