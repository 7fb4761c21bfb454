package leadglass.testkit.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;

/// Some dozens of self-made certificates, which the hosts with TLS share, and an authority that has
/// issued nothing to anybody.
final class Certificates {
  private static final int COUNT = 24;

  private final List<String> subjects = new ArrayList<>();
  private final List<SSLContext> contexts = new ArrayList<>();

  Certificates(SplittableRandom random) {
    TestCertificate authority =
        TestCertificate.selfSigned(
            Names.of(random).token() + " authority", TestCertificate.Kind.EC);
    subjects.add(authority.certificate().getSubjectX500Principal().getName().substring(3));
    for (int i = 0; i < COUNT; i++) {
      String subject = Names.of(random).token() + " imaging";
      subjects.add(subject);
      TestCertificate own = TestCertificate.selfSigned(subject, TestCertificate.Kind.EC);
      contexts.add(TestTls.client(own, authority)); // it serves as well: keys and whom to trust
    }
  }

  /// For the host with this number.
  SSLContext context(int host) {
    return contexts.get(host % COUNT);
  }

  List<String> subjects() {
    return List.copyOf(subjects);
  }
}
