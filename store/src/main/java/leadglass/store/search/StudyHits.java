package leadglass.store.search;

import java.util.List;

/// One page of what was found.
///
/// @param studies names by which the catalogue finds them, in order
/// @param total how many match altogether; a lower bound past [Page#COUNTED_MAX]
public record StudyHits(List<byte[]> studies, long total) {}
