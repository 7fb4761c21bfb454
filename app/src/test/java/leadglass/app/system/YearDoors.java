package leadglass.app.system;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import leadglass.archive.Origin;
import leadglass.dicom.data.Uid;
import leadglass.dicom.dict.Uids;
import leadglass.server.http.Route;
import leadglass.testkit.RawScu;

/// The table of doors: ways in that are alike, of a running server, and what the year does at each.
/// A door that is new has no row, and [ClinicYearTest] fails until a deed of [YearScript] goes
/// through it and it stands here. Learns which were used.
final class YearDoors {
  /// A row that begins so is for ways in that nothing has to come through, for the reason given.
  static final String NOT_USED = "not used: ";

  private static final String TABLE =
      """
      DICOMweb /dicomweb DOWNLOAD: looks
      DICOMweb /dicomweb FIND: looks
      DICOMweb /dicomweb PREVIEW: looks
      DICOMweb /dicomweb RETRIEVE: looks
      DICOMweb /dicomweb STORE: programs, uploads, no store
      DICOMweb /fhir READ_AUDIT: audits
      DICOMweb /my/dicomweb DOWNLOAD: patient
      DICOMweb /my/dicomweb FIND: patient
      DICOMweb /my/dicomweb PREVIEW: patient
      DICOMweb /my/dicomweb RETRIEVE: patient
      DICOMweb /s/dicomweb DOWNLOAD: links
      DICOMweb /s/dicomweb FIND: links
      DICOMweb /s/dicomweb PREVIEW: links
      DICOMweb /s/dicomweb RETRIEVE: links
      DICOMweb /worklist SCHEDULE: planned
      DICOMweb /worklist WORKLIST: planned
      DICOMweb /witness WITNESS: not used: no person or device comes here; WitnessTest has it
      DIMSE 1.2.840.10008.1.20.1: station
      DIMSE 1.2.840.10008.3.1.2.3.3: planned
      DIMSE 1.2.840.10008.5.1.4.1.2.1.1: not used: the question is the same as at the Study Root
      DIMSE 1.2.840.10008.5.1.4.1.2.1.2: not used: the question is the same as at the Study Root
      DIMSE 1.2.840.10008.5.1.4.1.2.1.3: not used: the question is the same as at the Study Root
      DIMSE 1.2.840.10008.5.1.4.1.2.2.1: station
      DIMSE 1.2.840.10008.5.1.4.1.2.2.2: station
      DIMSE 1.2.840.10008.5.1.4.1.2.2.3: station
      DIMSE 1.2.840.10008.5.1.4.1.2.4.2: not used: the question is the same as at the Study Root
      DIMSE 1.2.840.10008.5.1.4.1.2.4.3: not used: the question is the same as at the Study Root
      DIMSE 1.2.840.10008.5.1.4.31: planned
      DIMSE C-ECHO: C-STORE
      DIMSE C-STORE: C-STORE, impostors, device revoked
      lane 1.2.840.10008.5.1.4.31: planned
      lane C-ECHO: lanes
      lane C-STORE: lanes
      page / KNOCK: around
      page /account BE_KNOWN: begin
      page /audit READ_AUDIT: audits
      page /audit.csv READ_AUDIT: audits
      page /brakes BE_KNOWN: brakes
      page /brakes CONFIRM: brakes
      page /console-acts ADMINISTER: around
      page /correct CORRECT: around
      page /crl KNOCK: around
      page /day SCHEDULE: planned
      page /day WORKLIST: planned
      page /deleted CORRECT: deletion undone
      page /devices ADMINISTER: device revoked, around
      page /duty ADMINISTER: around
      page /emergencies READ_AUDIT: emergency
      page /emergency BREAK_GLASS: emergency
      page /enrol KNOCK: around
      page /erasures CONFIRM: erasure
      page /erasures ERASE: erasure
      page /exposure EXPOSURE: around
      page /exposure OPERATE: not used: it has strangers come to every door; ExposureTest has it
      page /hat BE_KNOWN: hat
      page /holds HOLD: hold
      page /invite KNOCK: joining
      page /merge CORRECT: merge
      page /moves CORRECT: merge
      page /my OWN_RECORD: patient
      page /my/leave OWN_RECORD: patient
      page /my/links OWN_RECORD: links
      page /my/looks OWN_RECORD: patient
      page /my/open KNOCK: begin
      page /my/passkey KNOCK: begin
      page /my/sign-in KNOCK: patient
      page /my/studies DOWNLOAD: patient
      page /patients UNSHARE: around
      page /people ADMINISTER: joining
      page /person ADMINISTER: role, joining
      page /quarantine ADMINISTER: quarantine
      page /quarantine CORRECT: quarantine
      page /referrers ADMINISTER: around
      page /retention ADMINISTER: erasure
      page /reviews CONFIRM: around
      page /role BE_KNOWN: hat
      page /s FIND: links
      page /s/close FIND: links
      page /s/studies DOWNLOAD: links
      page /second-person ADMINISTER: around
      page /setup KNOCK: around
      page /share KNOCK: links
      page /shares UNSHARE: links
      page /sign-in KNOCK: everybody
      page /sign-out BE_KNOWN: hat
      page /static KNOCK: not used: styles and scripts, nothing of anybody's
      page /status OPERATE: around
      page /step-up BE_KNOWN: brakes
      page /studies CORRECT: deletions
      page /studies FIND: worklist
      page /studies INVITE_PATIENT: begin
      page /studies SHARE: links, referrers
      page /tasks READ_AUDIT: patient
      page /theme BE_KNOWN: around
      page /trust KNOCK: around
      page /upload STORE: uploads
      """;

  private final List<Route> routes;
  private final Set<Uid> sopClasses;
  private final Set<Uid> laneSopClasses;
  private final Set<String> used = new HashSet<>();

  YearDoors(List<Route> routes, Set<Uid> sopClasses, Set<Uid> laneSopClasses) {
    this.routes = routes;
    this.sopClasses = sopClasses;
    this.laneSopClasses = laneSopClasses;
  }

  /// All there are.
  Set<String> all() {
    Set<String> rows = new TreeSet<>();
    routes.forEach(route -> rows.add(row(route)));
    sopClasses.forEach(each -> rows.add(row(each)));
    laneSopClasses.forEach(each -> rows.add(row(each).replace("DIMSE", "lane")));
    return rows;
  }

  /// What the year does at each.
  static Map<String, String> table() {
    Map<String, String> table = new TreeMap<>();
    for (String row : TABLE.lines().toList()) {
      String[] parts = row.split(": ", 2);
      table.put(parts[0], parts[1]);
    }
    return table;
  }

  Set<String> used() {
    return used;
  }

  private static String row(Route route) {
    String door = route.door() == Origin.Door.PAGE ? "page" : "DICOMweb";
    String[] parts = route.pattern().split("/", -1);
    String root = "/" + parts[1];
    boolean outside = parts[1].equals("my") || parts[1].equals("s");
    for (int i = 2; outside && i < parts.length && root.equals("/" + parts[1]); i++) {
      root += parts[i].startsWith("{") ? "" : "/" + parts[i];
    }
    return door + " " + root + " " + route.verb();
  }

  /// What a service class is for: storing, knocking, or something new.
  private static String row(Uid sopClass) {
    if (Uids.storageSopClasses().contains(sopClass)) {
      return "DIMSE C-STORE";
    }
    return sopClass.value().equals(RawScu.VERIFICATION)
        ? "DIMSE C-ECHO"
        : "DIMSE " + sopClass.value();
  }

  void stored() {
    used.add("DIMSE C-STORE");
  }

  /// C-ECHO and C-STORE without TLS.
  void overALane() {
    used.add("lane C-ECHO");
    used.add("lane C-STORE");
  }

  void askedOverALane(Uid sopClass) {
    used.add(row(sopClass).replace("DIMSE", "lane"));
  }

  void asked(Uid sopClass) {
    used.add(row(sopClass));
  }

  void echoed() {
    used.add("DIMSE C-ECHO");
  }

  /// A request goes to the server.
  void asked(String method, String path) {
    String plain = path.replaceAll("[?#].*", "");
    routes.stream()
        .filter(route -> route.method().equals(method) && matches(route.pattern(), plain))
        .min((a, b) -> variables(a.pattern()) - variables(b.pattern()))
        .ifPresent(route -> used.add(row(route)));
  }

  private static int variables(String pattern) {
    return (int) pattern.chars().filter(each -> each == '{').count();
  }

  private static boolean matches(String pattern, String path) {
    return path.matches(
        pattern
            .replace(".", "\\.")
            .replaceAll("\\{[a-z]+\\\\.\\\\.\\\\.\\}", ".+")
            .replaceAll("\\{[a-z]+\\}", "[^/]+"));
  }
}
