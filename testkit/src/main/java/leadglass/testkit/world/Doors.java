package leadglass.testkit.world;

import java.util.List;
import java.util.function.Predicate;

/// The ports of a host, by its kind.
///
/// @param host whose they are
/// @param certificates shared by all
/// @param trap an address and port that nobody may connect to
record Doors(Host host, Certificates certificates, String trap) {
  private static final String DICOM = "dicom";
  private static final String DICOM_TLS = "dicom-tls";
  private static final String HTTP = "http";
  private static final String HTTPS = "https";
  private static final int SECOND_PORT = 4; // of every fourth host that never answers
  private static final Predicate<String> ECHO = Manners::verification;
  private static final Predicate<String> STORAGE = ECHO.or(Manners::storage);

  List<Door> all() {
    return switch (host.kind()) {
      case STUDY_ROOT_AND_GET -> dicom(lists(Manners.STUDY_ROOT, true, false, true));
      case STUDY_ROOT, STUDY_ROOT_TALKATIVE ->
          dicom(lists(Manners.STUDY_ROOT, false, host.kind() == Kind.STUDY_ROOT_TALKATIVE, false));
      case STUDY_ROOT_GET_REFUSED -> dicom(lists(Manners.STUDY_ROOT, true, false, false));
      case PATIENT_ROOT -> dicom(lists(Manners.PATIENT_ROOT, false, false, false));
      case PATIENT_ROOT_AND_GET -> dicom(lists(Manners.PATIENT_ROOT, true, false, true));
      case DICOM_TLS ->
          List.of(Door.of(DICOM_TLS, tls(lists(Manners.STUDY_ROOT, true, false, true))));
      case ORTHANC, ORTHANC_HTTPS -> orthanc(host.kind() == Kind.ORTHANC_HTTPS);
      case DCM4CHEE -> List.of(Door.of(HTTP, http(dcm4chee())));
      case DCM4CHEE_HTTPS -> List.of(Door.of(HTTPS, tls(http(dcm4chee()))));
      default -> reached();
    };
  }

  /// Of hosts that list nothing.
  private List<Door> reached() {
    return switch (host.kind()) {
      case NEVER_ANSWERS -> {
        Door mute = new Door(new Door.NeverAnswers(), DICOM);
        Door second = new Door(new Door.NeverAnswers(), HTTP);
        yield host.number() % SECOND_PORT == 0 ? List.of(mute, second) : List.of(mute);
      }
      case REFUSED ->
          List.of(new Door(new Door.Refuses(), DICOM), new Door(new Door.Refuses(), HTTP));
      case SILENT -> dicom(Hostile.silent());
      case CLOSES_AT_ONCE -> dicom(Hostile.closesAtOnce());
      case RESETS -> dicom(Hostile.resets());
      case REJECTS_CALLED_TITLE -> dicom(rejects(1, 1, 7));
      case REJECTS_CALLING_TITLE -> dicom(rejects(1, 1, 3));
      case REJECTS_WITHOUT_REASON -> dicom(rejects(1, 1, 1));
      case REJECTS_FOR_CONGESTION -> dicom(rejects(2, 3, 1));
      case ECHO_ONLY -> dicom(service(ECHO, Finders.succeeding()));
      case STORAGE_ONLY -> dicom(service(STORAGE, Finders.succeeding()));
      case QUERY_NOT_AUTHORIZED -> dicom(refusesQueries(DicomMessage.NOT_AUTHORIZED));
      case QUERY_OUT_OF_RESOURCES -> dicom(refusesQueries(DicomMessage.OUT_OF_RESOURCES));
      case QUERY_UNABLE_TO_PROCESS -> dicom(refusesQueries(DicomMessage.UNABLE));
      case ONE_CALLED_TITLE -> dicom(oneTitle());
      case TLS13_CLIENT_CERTIFICATE -> List.of(Door.of(DICOM_TLS, clientCertificate("TLSv1.3")));
      case TLS12_CLIENT_CERTIFICATE -> List.of(Door.of(DICOM_TLS, clientCertificate("TLSv1.2")));
      case TLS_REJECTS -> List.of(Door.of(DICOM_TLS, tls(rejects(1, 1, 7))));
      default -> misleading();
    };
  }

  /// Of hosts that are something else than they seem.
  private List<Door> misleading() {
    Names names = host.names();
    return switch (host.kind()) {
      case HTTP_ON_DICOM_PORT -> dicom(http(Sites.welcome(names)));
      case SSH -> dicom(Hostile.ssh(names));
      case SENDS_BACK -> dicom(Hostile.sendsBack());
      case ORTHANC_SIGN_IN ->
          List.of(
              Door.of(HTTP, http(Sites.signIn("Basic realm=\"Orthanc Secure Area\""))),
              Door.of(DICOM, rejects(1, 1, 7)));
      case DCM4CHEE_SIGN_IN -> List.of(Door.of(HTTP, http(Sites.signIn("Bearer"))));
      case DCM4CHEE_REDIRECTS -> List.of(Door.of(HTTP, http(Sites.redirecting(trap))));
      case SINGLE_PAGE -> List.of(Door.of(HTTP, http(Sites.singlePage(names, trap))));
      case NO_CONTENT -> List.of(Door.of(HTTP, http(Sites.noContent())));
      case HONEYPOT -> dicom(service(_ -> true, Finders.succeeding()));
      case LISTS_ANYTHING -> dicom(service(_ -> true, Finders.listing(host.archive())));
      case LISTS_ANYTHING_WITHOUT_END ->
          dicom(service(_ -> true, Finders.listingForEver(host.archive())));
      case HTTP_LISTS_ANYTHING -> List.of(Door.of(HTTP, http(Sites.listing(host.archive()))));
      case GARBAGE_PDUS -> dicom(Hostile.garbagePdus(names));
      case PDU_OF_4_GIB -> dicom(Hostile.pduOf4Gib(names));
      case WRONG_LENGTHS -> dicom(Hostile.wrongLengths(names));
      case TRICKLES -> dicom(Hostile.trickles(names));
      case FLOODS -> dicom(Hostile.floods(names));
      case CHUNKS_WITHOUT_END -> List.of(Door.of(HTTP, Hostile.chunksWithoutEnd(names)));
      case HEADERS_WITHOUT_END -> List.of(Door.of(HTTP, Hostile.headersWithoutEnd(names)));
      default -> throw new IllegalStateException("no ports for " + host.kind());
    };
  }

  private static List<Door> dicom(Behaviour behaviour) {
    return List.of(Door.of(DICOM, behaviour));
  }

  private Behaviour service(Predicate<String> syntaxes, DicomService.Answers answers) {
    return service(Manners.Refusal.NONE, syntaxes, answers);
  }

  private Behaviour service(
      Manners.Refusal refusal, Predicate<String> syntaxes, DicomService.Answers answers) {
    Manners manners =
        new Manners(refusal, syntaxes, host.number() % 2 == 0, host.names().version());
    return new DicomService(manners, answers, host.visits());
  }

  private Behaviour rejects(int result, int source, int reason) {
    return service(
        Manners.Refusal.always(result, source, reason), _ -> false, Finders.succeeding());
  }

  private Behaviour refusesQueries(int status) {
    return service(
        STORAGE.or(syntax -> syntax.startsWith(Manners.STUDY_ROOT)),
        Finders.refusing(status, host.names().comment()));
  }

  private Behaviour oneTitle() {
    return service(
        Manners.Refusal.unless(host.names().aeTitle()),
        STORAGE.or(syntax -> syntax.startsWith(Manners.STUDY_ROOT)),
        new ArchiveAnswers(host.archive(), false, false, false, host.visits()));
  }

  /// @param retrieval whether contexts of C-GET and C-MOVE are accepted
  /// @param allowed whether C-GET is not refused
  private Behaviour lists(String root, boolean retrieval, boolean talkative, boolean allowed) {
    Predicate<String> queries =
        retrieval
            ? syntax -> syntax.startsWith(root)
            : syntax -> syntax.equals(root + Manners.FIND);
    return service(
        STORAGE.or(queries),
        new ArchiveAnswers(
            host.archive(), root.equals(Manners.PATIENT_ROOT), talkative, allowed, host.visits()));
  }

  /// Its DICOM port lists the same studies, or refuses if it could not list them all.
  private List<Door> orthanc(boolean secure) {
    Behaviour site = http(new OrthancSite(host.archive(), host.visits()));
    Behaviour port =
        host.studies() <= Archive.ROWS_MAX
            ? lists(Manners.STUDY_ROOT, true, false, true)
            : refusesQueries(DicomMessage.UNABLE);
    return List.of(secure ? Door.of(HTTPS, tls(site)) : Door.of(HTTP, site), Door.of(DICOM, port));
  }

  private HttpService.Site dcm4chee() {
    return new Dcm4cheeSite(host.archive(), host.visits());
  }

  private Behaviour http(HttpService.Site site) {
    return new HttpService(site, host.names(), host.visits());
  }

  private Behaviour tls(Behaviour inner) {
    return TlsService.of(certificates.context(host.number()), inner);
  }

  /// Whoever came in would find an archive.
  private Behaviour clientCertificate(String protocol) {
    return new TlsService(
        certificates.context(host.number()),
        true,
        new String[] {protocol},
        lists(Manners.STUDY_ROOT, true, false, true));
  }
}
