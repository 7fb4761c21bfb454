package leadglass.store.catalogue;

/// How much there is.
///
/// @param bytes of all data sets as received
public record Totals(long studies, long instances, long bytes) {}
