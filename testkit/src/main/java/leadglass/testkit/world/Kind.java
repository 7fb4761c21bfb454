package leadglass.testkit.world;

import static leadglass.testkit.world.Verdict.CANT_TELL;
import static leadglass.testkit.world.Verdict.CLOSED;
import static leadglass.testkit.world.Verdict.EXPOSED;
import static leadglass.testkit.world.Verdict.OPEN;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What hosts there are. The shares of the open ones add up to 590 and those of the others to
/// 1,710, which makes them numbers of hosts in a world of the usual size.
public enum Kind {
  STUDY_ROOT_AND_GET(130, OPEN),
  STUDY_ROOT(110, OPEN),
  STUDY_ROOT_GET_REFUSED(30, OPEN),
  /// Rows carry names and birth dates that were not asked for.
  STUDY_ROOT_TALKATIVE(30, OPEN),
  PATIENT_ROOT(40, OPEN),
  PATIENT_ROOT_AND_GET(30, OPEN),
  DICOM_TLS(50, OPEN),
  ORTHANC(80, OPEN),
  DCM4CHEE(50, OPEN),
  ORTHANC_HTTPS(25, OPEN),
  DCM4CHEE_HTTPS(15, OPEN),

  NEVER_ANSWERS(240, CLOSED, CANT_TELL),
  REFUSED(200, CLOSED),
  SILENT(60, CLOSED, CANT_TELL),
  CLOSES_AT_ONCE(60, CLOSED, CANT_TELL),
  RESETS(50, CLOSED, CANT_TELL),
  REJECTS_CALLED_TITLE(85, CLOSED),
  REJECTS_CALLING_TITLE(70, CLOSED),
  REJECTS_WITHOUT_REASON(50, CLOSED),
  REJECTS_FOR_CONGESTION(40, CLOSED, CANT_TELL),
  ECHO_ONLY(90, EXPOSED),
  STORAGE_ONLY(40, EXPOSED),
  QUERY_NOT_AUTHORIZED(40, EXPOSED),
  /// Whether it would answer something sensible is not told.
  QUERY_OUT_OF_RESOURCES(30, EXPOSED, CANT_TELL),
  QUERY_UNABLE_TO_PROCESS(30, EXPOSED, CANT_TELL),
  ONE_CALLED_TITLE(60, CLOSED),
  TLS13_CLIENT_CERTIFICATE(60, CLOSED),
  TLS12_CLIENT_CERTIFICATE(50, CLOSED),
  TLS_REJECTS(40, CLOSED),
  HTTP_ON_DICOM_PORT(40, CLOSED, CANT_TELL),
  SSH(32, CLOSED, CANT_TELL),
  SENDS_BACK(25, CLOSED, CANT_TELL),
  ORTHANC_SIGN_IN(50, CLOSED),
  DCM4CHEE_SIGN_IN(40, CLOSED),
  DCM4CHEE_REDIRECTS(40, CLOSED, CANT_TELL),
  SINGLE_PAGE(25, CLOSED, CANT_TELL),
  NO_CONTENT(15, CLOSED, CANT_TELL),
  HONEYPOT(15, CLOSED, CANT_TELL, EXPOSED),
  LISTS_ANYTHING(15, CLOSED, CANT_TELL),
  LISTS_ANYTHING_WITHOUT_END(10, CLOSED, CANT_TELL),
  HTTP_LISTS_ANYTHING(10, CLOSED, CANT_TELL),
  GARBAGE_PDUS(14, CLOSED, CANT_TELL),
  PDU_OF_4_GIB(14, CLOSED, CANT_TELL),
  WRONG_LENGTHS(14, CLOSED, CANT_TELL),
  TRICKLES(14, CLOSED, CANT_TELL),
  FLOODS(14, CLOSED, CANT_TELL),
  CHUNKS_WITHOUT_END(14, CLOSED, CANT_TELL),
  HEADERS_WITHOUT_END(14, CLOSED, CANT_TELL);

  private final int share;
  private final Verdict verdict;

  @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf makes it so
  private final Set<Verdict> allowed;

  Kind(int share, Verdict verdict, Verdict... alsoAllowed) {
    this.share = share;
    this.verdict = verdict;
    this.allowed = Set.copyOf(EnumSet.of(verdict, alsoAllowed));
  }

  int share() {
    return share;
  }

  public Verdict verdict() {
    return verdict;
  }

  /// What a survey may honestly say of it.
  public Set<Verdict> allowed() {
    return allowed;
  }

  public boolean open() {
    return verdict == OPEN;
  }

  /// Whether whoever finds the studies can have their images too.
  boolean imagesAccessible() {
    return switch (this) {
      case STUDY_ROOT_AND_GET,
          PATIENT_ROOT_AND_GET,
          DICOM_TLS,
          ORTHANC,
          DCM4CHEE,
          ORTHANC_HTTPS,
          DCM4CHEE_HTTPS ->
          true;
      default -> false;
    };
  }

  /// Whether its number of studies comes from a counter, so that it may be any.
  boolean counts() {
    return EnumSet.of(ORTHANC, DCM4CHEE, ORTHANC_HTTPS, DCM4CHEE_HTTPS).contains(this);
  }

  static List<Kind> all(boolean open) {
    return List.of(values()).stream().filter(each -> each.open() == open).toList();
  }
}
