package leadglass.store.catalogue;

import leadglass.store.SiteId;
import leadglass.store.StudyTerms;

/// What the search must learn of a study.
///
/// @param number order of arrival
/// @param hash by which the catalogue finds it
/// @param uid Study Instance UID
/// @param sequence of the change; the search commits it
public record StudyChange(
    SiteId site, long number, byte[] hash, String uid, StudyTerms terms, long sequence) {

  @Override
  public String toString() {
    return "StudyChange[" + sequence + "]";
  }
}
