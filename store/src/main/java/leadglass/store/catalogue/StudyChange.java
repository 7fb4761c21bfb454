package leadglass.store.catalogue;

import leadglass.store.SiteId;
import leadglass.store.StudyTerms;

/// What the search must learn of a study.
///
/// @param number order of arrival
/// @param name of its key, by which search and catalogue know it
/// @param uid Study Instance UID; empty if it was removed
/// @param terms what it is found by; nothing if it was removed
/// @param sequence of the change; the search commits it
/// @param removed whether nobody finds it any more
public record StudyChange(
    SiteId site,
    long number,
    byte[] name,
    String uid,
    StudyTerms terms,
    long sequence,
    boolean removed) {

  static StudyChange of(StudyState study) {
    return study.visible()
        ? new StudyChange(
            study.site,
            study.number,
            study.key.name(),
            study.value.study().value(),
            study.value.terms(),
            study.sequence,
            false)
        : removed(study.site, study.number, study.key.name(), study.sequence);
  }

  static StudyChange removed(SiteId site, long number, byte[] name, long sequence) {
    return new StudyChange(site, number, name, "", StudyTerms.NONE, sequence, true);
  }

  @Override
  public String toString() {
    return "StudyChange[" + sequence + "]";
  }
}
