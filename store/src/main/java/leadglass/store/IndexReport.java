package leadglass.store;

import java.util.List;

/// Whether catalogue and search say what the packs say.
///
/// @param records that are readable in the packs
/// @param unreadable records that are damaged: no index can tell of them
/// @param rows of instances in the catalogue
/// @param studies in the catalogue, with those that are put aside
/// @param documents in the search
/// @param disagreements in words, without any value; empty if all agree
public record IndexReport(
    long records,
    long unreadable,
    long rows,
    long studies,
    long documents,
    List<String> disagreements) {

  public boolean agrees() {
    return disagreements.isEmpty();
  }
}
