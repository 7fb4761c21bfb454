package leadglass.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;

/// What becomes of studies after they came. Each act is an event in the log, on stable storage with
/// its audit entries and obeyed by every index when the method returns; it is obeyed again by
/// whatever is made anew from the log or comes back from an older copy.
///
/// No rule is kept here: who may, for how long, after whose consent is the business of the room
/// above. Safe for use by several threads; acts are done one at a time.
public interface Lifecycle {

  /// A study that was put aside.
  ///
  /// @param patient whose key wraps its own
  /// @param row as it was when it was put aside
  /// @param deletedMillis when
  /// @param by who did it
  /// @param reason as it was given
  record Aside(
      StudyName name,
      Pseudonym patient,
      StudyRow row,
      long deletedMillis,
      String by,
      byte[] reason) {
    @Override
    public String toString() {
      return "Aside[]";
    }
  }

  /// Who does it, and what the trail keeps of it.
  ///
  /// @param by a name of ours, kept in the event
  record Doing(String by, List<Audit> audit) {}

  /// What came of an act.
  enum Done {
    DONE,
    /// There is no such study, or it is not where the act needs it.
    NOT_THERE,
    /// A study with the same UID came since it was put aside.
    CAME_AGAIN
  }

  /// The name of the study that is held and found.
  Optional<StudyName> name(SiteId site, Uid study);

  /// The pseudonym of the patient whose key wraps the study's, held or put aside.
  Optional<Pseudonym> patientOf(SiteId site, StudyName study);

  /// The pseudonym of a patient, whether there is one or not.
  ///
  /// @throws IllegalArgumentException if the Patient ID is empty: such a patient is known by a
  ///   study
  Pseudonym pseudonym(SiteId site, PatientRef patient);

  /// Names of a patient's studies, held and put aside.
  List<StudyName> studiesOf(SiteId site, Pseudonym patient);

  /// The study of a name, held or put aside.
  Optional<StudyRow> study(SiteId site, StudyName name);

  /// Puts a study aside: nothing finds it, and its UIDs are free.
  Done delete(SiteId site, StudyName study, byte[] reason, Doing doing) throws IOException;

  /// Brings back what was put aside.
  Done restore(SiteId site, StudyName study, Doing doing) throws IOException;

  /// Destroys the key of a study that was put aside.
  Done purge(SiteId site, StudyName study, Doing doing) throws IOException;

  /// Gives a study that is held to another patient.
  ///
  /// @param to empty: back to the one it was filed under
  Done move(SiteId site, StudyName study, Optional<PatientIdentity> to, Doing doing)
      throws IOException;

  /// Destroys a patient's key and those of all their studies, held or put aside. What comes under
  /// the same Patient ID later has new keys.
  ///
  /// @return studies whose keys were destroyed
  int erase(SiteId site, Pseudonym patient, Doing doing) throws IOException;

  /// An instance that was filed apart: nothing finds it.
  ///
  /// @param record names it for ever, 32 hex digits, random
  /// @param study whose key seals it
  /// @param filing what it was filed with
  /// @param place hand this to [#apart] to continue behind it
  /// @param at where it lies
  record Apart(
      String record,
      StudyName study,
      Filing filing,
      long dataSetBytes,
      long place,
      InstanceRow.Location at) {

    /// As an instance that is held, for [Store#open].
    public InstanceRow row() {
      return new InstanceRow(
          filing.study(),
          filing.series(),
          filing.sopInstance(),
          filing.sopClass(),
          filing.transferSyntax(),
          dataSetBytes,
          filing.instanceAttributes(),
          at);
    }

    @Override
    public String toString() {
      return "Apart[" + dataSetBytes + " bytes]";
    }
  }

  /// What is kept apart of studies that are held and found, oldest first.
  ///
  /// @param after place of the last page's last one, or 0
  List<Apart> apart(SiteId site, long after, int limit);

  /// What is kept apart under that name.
  Optional<Apart> apart(SiteId site, String record);

  /// Puts what was kept apart into its study, in the place of the instance that has its UID, if one
  /// has.
  Done accept(SiteId site, String record, Doing doing) throws IOException;

  /// Drops what was kept apart.
  Done discard(SiteId site, String record, byte[] reason, Doing doing) throws IOException;

  /// What is put aside, oldest first.
  ///
  /// @param after of the last page's last row
  List<Aside> aside(SiteId site, Optional<StudyName> after, int limit);
}
