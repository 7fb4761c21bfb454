package leadglass.survey.scope;

import java.util.Hashtable;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/// The challenge, as a TXT record in the reverse zone of the address: only whoever was given the
/// address can put it there.
final class DnsProof {
  private static final int RECORDS_MAX = 32;

  private DnsProof() {}

  /// Whether it is there now. The DNS provider of the JDK reads TXT records as text and makes no
  /// objects of them, which is why JNDI may be used here.
  ///
  /// @param server `dns://ADDRESS:PORT`; empty for those that this machine uses
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  static boolean shown(Challenge challenge, Optional<String> server) {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, server.orElse("dns:"));
    settings.put("com.sun.jndi.dns.timeout.initial", "2000");
    settings.put("com.sun.jndi.dns.timeout.retries", "2");
    try {
      InitialDirContext dns = new InitialDirContext(settings);
      try {
        Attribute records = dns.getAttributes(challenge.record(), new String[] {"TXT"}).get("TXT");
        return records != null && has(records.getAll(), challenge.word());
      } finally {
        dns.close();
      }
    } catch (NamingException _) {
      return false;
    }
  }

  private static boolean has(NamingEnumeration<?> records, String word) throws NamingException {
    for (int i = 0; i < RECORDS_MAX && records.hasMore(); i++) {
      if (String.valueOf(records.next()).replace("\"", "").strip().equals(word)) {
        return true;
      }
    }
    return false;
  }
}
