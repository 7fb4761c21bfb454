package leadglass.survey.probe;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.tls.Inquiry;
import leadglass.survey.tls.Papers;
import leadglass.survey.tls.SuiteClass;
import leadglass.survey.wire.WireFault;

/// TLS: versions, suites, the certificate, and whether it demands one of the client; and which of
/// PS3.15 Annex B's profiles that fits. No word of a certificate is kept.
final class TlsProbe implements Probe {
  private static final Decision SSL_3 = exposed("ssl-3", "speaks SSL 3.0, which is broken");
  private static final Decision OLD =
      exposed("below-1.2", "speaks TLS 1.0 or 1.1, which RFC 8996 forbids");
  private static final Map<SuiteClass, Decision> WEAK = weak();
  private static final Decision EXPIRED = exposed("expired", "its certificate has expired");
  private static final Decision NOT_YET =
      exposed("not-yet-valid", "its certificate is not valid yet");
  private static final Decision WEAK_KEY =
      exposed("weak-certificate", "its certificate's key or signature is too weak");
  private static final Decision ENDS_SOON =
      Decision.note("ends-soon", "its certificate ends within 30 days");
  private static final Decision OTHER_NAME =
      Decision.note("other-name", "its certificate is for another name than it was asked by");
  private static final Decision CBC_ONLY =
      Decision.note("cbc-only", "offers no authenticated encryption, only CBC");
  private static final Decision NO_SECRECY =
      Decision.note(
          "no-forward-secrecy",
          "offers no forward secrecy; of PS3.15's profiles at most the retired AES TLS fits");
  private static final Decision MODIFIED =
      Decision.closed(
          "profile-modified",
          "fits the Modified BCP 195 RFC 8996, 9325 TLS profile (PS3.15 B.13), as far as a"
              + " stranger sees");
  private static final Decision PLAIN =
      Decision.closed(
          "profile-bcp-195",
          "fits the BCP 195 RFC 8996, 9325 TLS profile (PS3.15 B.12), as far as a stranger sees");
  private static final Decision NO_PROFILE =
      Decision.note("profile-none", "fits none of PS3.15's TLS profiles that are not retired");
  private static final Decision CURRENT =
      Decision.closed("current", "speaks TLS 1.2 or 1.3 only, and no weak suites");
  private static final Decision DEMANDED =
      Decision.closed("client-certificate", "demands a client certificate");
  private static final Decision ASKED =
      Decision.note(
          "client-certificate-asked", "asks for a client certificate, and goes on without one");
  private static final Decision NOT_ASKED =
      Decision.note(
          "no-client-certificate",
          "asks for no client certificate: a stranger gets as far as the association");
  private static final Decision UNTOLD =
      Decision.cantTell("hello-unanswered", "leaves an old or odd hello without a proper answer");

  @Override
  public String name() {
    return "tls";
  }

  @Override
  public String title() {
    return "TLS versions, suites and certificates";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.DICOM_TLS, Service.HTTPS);
  }

  @Override
  public int order() {
    return 12;
  }

  @Override
  public boolean asksDespite(WireFault.Kind fault) {
    return switch (fault) {
      case TLS, TLS_CLIENT_CERTIFICATE, SILENT, ENDED, RESET, NOT_THE_PROTOCOL -> true;
      case REFUSED, NO_ANSWER, UNREACHABLE, TOO_MUCH, SLOW, LEFT_ALONE, SPENT -> false;
    };
  }

  @Override
  public List<Decision> decisions() {
    return Stream.of(
            Stream.of(SSL_3, OLD),
            WEAK.values().stream(),
            Stream.of(EXPIRED, NOT_YET, WEAK_KEY, ENDS_SOON, OTHER_NAME, CBC_ONLY, NO_SECRECY),
            Stream.of(MODIFIED, PLAIN, NO_PROFILE, CURRENT, DEMANDED, ASKED, NOT_ASKED, UNTOLD))
        .flatMap(each -> each)
        .toList();
  }

  private static Decision exposed(String id, String words) {
    return Decision.open(Level.EXPOSED, id, words);
  }

  private static Map<SuiteClass, Decision> weak() {
    Map<SuiteClass, Decision> weak = new LinkedHashMap<>();
    weak.put(SuiteClass.NULL, exposed("null-suites", "offers TLS without encryption"));
    weak.put(SuiteClass.ANONYMOUS, exposed("anonymous-suites", "offers TLS without a certificate"));
    weak.put(SuiteClass.EXPORT, exposed("export-suites", "offers keys of 40 or 56 bits"));
    weak.put(SuiteClass.RC4, exposed("rc4-suites", "offers RC4, which RFC 7465 forbids"));
    weak.put(SuiteClass.DES, exposed("des-suites", "offers DES or Triple DES"));
    return weak;
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Inquiry inquiry = Inquiry.of(visit);
    if (!inquiry.anyTls()) {
      // That is what the door itself is reported with.
      boolean told = visit.fact(WireFault.Kind.class).isPresent();
      return told ? List.of() : List.of(new Finding(name(), UNTOLD));
    }
    List<Decision> decisions = new ArrayList<>();
    if (inquiry.belowTls12()) {
      decisions.add(inquiry.sslThree() ? SSL_3 : OLD);
    }
    WEAK.forEach((suites, decision) -> {
      if (inquiry.accepts(suites)) {
        decisions.add(decision);
      }
    });
    boolean bad = !decisions.isEmpty();
    if (inquiry.untold()) {
      decisions.add(UNTOLD);
    } else {
      decisions.addAll(profile(visit, inquiry, bad));
    }
    inquiry.certificate().ifPresent(each -> decisions.addAll(certificate(visit, each)));
    decisions.addAll(client(visit, inquiry));
    return decisions.stream().map(each -> new Finding(name(), each)).toList();
  }

  private static List<Decision> profile(Visit visit, Inquiry inquiry, boolean bad) {
    List<Decision> decisions = new ArrayList<>();
    boolean dicom = visit.service() == Service.DICOM_TLS;
    if (!inquiry.forwardSecrecy()) {
      decisions.add(NO_SECRECY);
    } else if (!inquiry.good()) {
      decisions.add(CBC_ONLY);
    }
    boolean middling = inquiry.accepts(SuiteClass.CBC) || inquiry.accepts(SuiteClass.STATIC_RSA);
    if (bad || !inquiry.good()) {
      if (dicom) {
        decisions.add(NO_PROFILE);
      }
    } else if (dicom) {
      decisions.add(middling ? PLAIN : MODIFIED);
    } else {
      decisions.add(CURRENT);
    }
    return decisions;
  }

  private static List<Decision> certificate(Visit visit, X509Certificate certificate) {
    List<Decision> decisions = new ArrayList<>();
    switch (Papers.time(certificate, visit.now())) {
      case EXPIRED -> decisions.add(EXPIRED);
      case NOT_YET -> decisions.add(NOT_YET);
      case ENDS_SOON -> decisions.add(ENDS_SOON);
      case VALID -> {}
    }
    if (Papers.weak(certificate)) {
      decisions.add(WEAK_KEY);
    }
    if (visit.service() == Service.HTTPS
        && visit.named()
        && !Papers.names(certificate, visit.authority())) {
      decisions.add(OTHER_NAME);
    }
    return decisions;
  }

  private static List<Decision> client(Visit visit, Inquiry inquiry) {
    boolean dicom = visit.service() == Service.DICOM_TLS;
    if (inquiry.clientCertificateDemanded()) {
      return List.of(DEMANDED);
    }
    if (!dicom || visit.fact(WireFault.Kind.class).isPresent()) {
      // For the web that is as it should be; where no handshake came about it is not known.
      return List.of();
    }
    return List.of(inquiry.clientCertificateAsked() ? ASKED : NOT_ASKED);
  }
}
