package leadglass.audit.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A `ParticipantObjectIdentification`: what an event is about.
///
/// @param type person, system object, ...
/// @param role its part, [#PATIENT] and so on; empty: none
/// @param lifeCycle `ParticipantObjectDataLifeCycle`, 1 to 15
/// @param idType what kind of identifier `id` is
/// @param label a name, or for a query the query itself
/// @param details pairs of ours
/// @param description what DICOM says of studies
public record ParticipantObject(
    Type type,
    OptionalInt role,
    OptionalInt lifeCycle,
    Code idType,
    String id,
    Label label,
    List<Detail> details,
    Optional<Description> description) {

  /// `ParticipantObjectTypeCodeRole`, PS3.15 A.5.1.2.2.
  public static final int PATIENT = 1;

  public static final int REPORT = 3;
  public static final int USER = 6;
  public static final int SECURITY_RESOURCE = 13;

  /// `ParticipantObjectDataLifeCycle`, PS3.15 A.5.1.2.3.
  public static final int LOGICAL_DELETION = 14;

  public static final int PERMANENT_ERASURE = 15;

  public static final Code STUDY_INSTANCE_UID = Code.dicom("110180", "Study Instance UID");
  public static final Code SOP_CLASS_UID = Code.dicom("110181", "SOP Class UID");
  public static final Code NODE_ID = Code.dicom("110182", "Node ID");
  public static final Code PATIENT_NUMBER = new Code("2", Code.RFC_3881, "Patient Number");
  public static final Code USER_IDENTIFIER = new Code("11", Code.RFC_3881, "User Identifier");
  public static final Code RESOURCE_URI = new Code("12", Code.RFC_3881, "URI");

  public ParticipantObject {
    details = List.copyOf(details);
  }

  /// `ParticipantObjectTypeCode`.
  public enum Type {
    PERSON(1),
    SYSTEM_OBJECT(2),
    ORGANIZATION(3),
    OTHER(4);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /// The schema wants one of the two.
  public sealed interface Label {
    record Name(String text) implements Label {
      @Override
      public String toString() {
        return "Name[]";
      }
    }

    /// @param bytes as the protocol has it; empty where it is not kept
    record Query(byte[] bytes) implements Label {
      @Override
      public String toString() {
        return "Query[" + bytes.length + " bytes]";
      }
    }
  }

  /// A `ParticipantObjectDetail`: a pair whose value travels in base64.
  public record Detail(String type, String value) {
    @Override
    public String toString() {
      return "Detail[" + type + "]";
    }
  }

  /// A `ParticipantObjectDescription`.
  ///
  /// @param accessions Accession Numbers
  /// @param sopClasses those concerned
  /// @param anonymized whether identifiers were taken out or replaced; empty: nothing is said
  public record Description(
      List<String> accessions, List<SopClass> sopClasses, Optional<Boolean> anonymized) {
    public Description {
      accessions = List.copyOf(accessions);
      sopClasses = List.copyOf(sopClasses);
    }

    @Override
    public String toString() {
      return "Description[" + sopClasses.size() + " SOP classes]";
    }
  }

  /// @param uid of the class, where it is known
  /// @param instances SOP Instance UIDs, where they are told
  /// @param numberOfInstances how many are concerned
  public record SopClass(Optional<String> uid, List<String> instances, long numberOfInstances) {
    public SopClass {
      instances = List.copyOf(instances);
    }

    @Override
    public String toString() {
      return "SopClass[" + numberOfInstances + "]";
    }
  }

  /// Never what identifies anybody: this may end in a log line.
  @Override
  public String toString() {
    return "ParticipantObject[" + type + "]";
  }
}
