package leadglass.survey.http;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Product;
import org.jspecify.annotations.Nullable;

/// Matches header fields against our own tables.
final class Fields {
  private final String authority;
  private final boolean secure;
  private final Set<Sign> signs = EnumSet.noneOf(Sign.class);
  private Content content = Content.NONE;
  private @Nullable Product product;
  private long length = -1;
  private boolean lengthBroken;
  private boolean chunked;

  /// @param authority ours, as in the request
  /// @param secure over TLS
  Fields(String authority, boolean secure) {
    this.authority = authority.toLowerCase(Locale.ROOT);
    this.secure = secure;
  }

  Content content() {
    return content;
  }

  Set<Sign> signs() {
    return signs;
  }

  Optional<Product> product() {
    return Optional.ofNullable(product);
  }

  long length() {
    return length;
  }

  boolean lengthBroken() {
    return lengthBroken;
  }

  boolean chunked() {
    return chunked;
  }

  void field(Octets line) {
    if (line.field("content-length")) {
      long told = line.number();
      lengthBroken |= told < 0 || (length >= 0 && length != told);
      length = told;
    } else if (line.field("transfer-encoding")) {
      chunked |= line.contains("chunked");
    } else if (line.field("content-type")) {
      content = Content.of(line);
    } else if (line.field("server") || line.field("x-powered-by")) {
      server(line);
    } else if (line.field("www-authenticate")) {
      scheme(line);
    } else if (line.field("location")) {
      location(line);
    } else if (line.field("strict-transport-security")) {
      signs.add(Sign.PINNED);
    } else if (line.field("content-security-policy")) {
      signs.add(Sign.POLICY);
    } else if (line.field("x-elastic-product")) {
      product = Product.ELASTICSEARCH;
    } else if (line.field("set-cookie")) {
      signs.add(Sign.COOKIE);
    } else if ((line.field("allow") || line.field("access-control-allow-methods"))
        && line.contains("post")) {
      signs.add(Sign.TAKES_POST);
    }
  }

  private void server(Octets value) {
    if (value.hasDigit()) {
      signs.add(Sign.VERSION);
    }
    if (product != null) {
      return;
    }
    if (value.startsWith("nginx")) {
      product = Product.NGINX;
    } else if (value.startsWith("apache") && !value.startsWith("apache-coyote")) {
      product = Product.APACHE;
    }
  }

  private void scheme(Octets value) {
    signs.add(value.startsWith("basic") ? Sign.BASIC : Sign.OTHER_SCHEME);
    if (value.contains("realm=\"orthanc")) {
      product = Product.ORTHANC;
    }
  }

  private void location(Octets value) {
    boolean https = value.startsWith("https://");
    boolean http = value.startsWith("http://");
    boolean ours = ours(value, https ? 8 : http ? 7 : value.startsWith("//") ? 2 : -1);
    if (!ours) {
      signs.add(Sign.MOVES_ELSEWHERE);
    } else if (https && !secure) {
      signs.add(Sign.MOVES_TO_HTTPS);
    } else {
      signs.add(Sign.MOVES_HERE);
    }
    boolean signIn =
        value.contains("login")
            || value.contains("sign-in")
            || value.contains("signin")
            || value.contains("/realms/")
            || value.contains("oauth")
            || value.contains("saml")
            || value.contains("/sso");
    if (signIn) {
      signs.add(Sign.MOVES_TO_SIGN_IN);
    }
  }

  /// Whether the host is ours, whichever the port.
  ///
  /// @param start of the authority; negative for a path alone
  private boolean ours(Octets value, int start) {
    if (start < 0) {
      return true;
    }
    String host = host(authority);
    for (int i = 0; i < host.length(); i++) {
      if (Octets.small(value.at(start + i)) != host.charAt(i)) {
        return false;
      }
    }
    int next = value.at(start + host.length());
    return next == -1 || next == '/' || next == ':' || next == '?' || next == '#';
  }

  private static String host(String authority) {
    int colon = authority.indexOf(':', Math.max(0, authority.indexOf(']')));
    return colon < 0 ? authority : authority.substring(0, colon);
  }
}
