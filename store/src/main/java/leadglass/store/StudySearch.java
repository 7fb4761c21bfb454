package leadglass.store;

import java.util.List;
import java.util.Optional;

/// Which studies of one site. All conditions must hold; newest first (study date, then time, then
/// arrival).
///
/// @param site the tenant searched
/// @param conditions what must hold; empty means every study
/// @param offset how many matches to leave out
/// @param limit how many to give at most, 1 or more
/// @param after continue behind this row of an earlier page instead of counting an offset
public record StudySearch(
    SiteId site, List<Condition> conditions, int offset, int limit, Optional<String> after) {

  /// One thing a study is asked for. `field` names a component of [StudyTerms], or the UID.
  public sealed interface Condition {

    /// Any of these Study Instance UIDs (PS3.4 §C.2.2.2.2).
    record AnyUid(List<String> uids) implements Condition {}

    /// Equal to the value, case and accents counted except for person names (PS3.4 §C.2.2.2.1).
    record Equal(Field field, String value) implements Condition {}

    /// `*` and `?` as wildcards (PS3.4 §C.2.2.2.4).
    record Wildcard(Field field, String pattern) implements Condition {}

    /// Both ends included, either may be empty for "open" (PS3.4 §C.2.2.2.5).
    record Range(Field field, String from, String to) implements Condition {}

    /// Words in any order, accents and case ignored, each a prefix of some word of a name, ID,
    /// accession number or description: what a person types into one box.
    record Typed(String words) implements Condition {}

    /// One of them at least (PS3.4 §C.2.2.2, multiple value matching).
    record Any(List<Condition> conditions) implements Condition {}

    /// Every one of them.
    record All(List<Condition> conditions) implements Condition {}

    /// No value, or an empty one (PS3.4 §C.2.2.2, empty value matching).
    record Absent(Field field) implements Condition {}
  }

  /// What can be asked for.
  public enum Field {
    PATIENT_NAME,
    PATIENT_ID,
    ISSUER,
    BIRTH_DATE,
    SEX,
    STUDY_DATE,
    STUDY_TIME,
    ACCESSION_NUMBER,
    STUDY_ID,
    DESCRIPTION,
    REFERRER,
    MODALITY
  }
}
