package leadglass.survey.http;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Product;

/// What is kept of an answer: a status and entries of our own tables.
///
/// @param product by header fields
/// @param cut the body went on beyond what is read
public record Heard(
    int status, Content content, Set<Sign> signs, Optional<Product> product, boolean cut) {
  public Heard {
    Set<Sign> copy = EnumSet.noneOf(Sign.class);
    copy.addAll(signs);
    signs = Collections.unmodifiableSet(copy);
  }

  public boolean is(Sign sign) {
    return signs.contains(sign);
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /// Sent elsewhere: to a sign-in, to HTTPS, or to another page. Nobody goes there.
  public boolean moves() {
    return status >= 300 && status < 400 && status != 304;
  }

  /// Asked to sign in, forbidden, or told that this is the wrong name.
  public boolean refused() {
    return status == 401 || status == 403 || status == 407 || status == 421;
  }

  /// There is nothing, or nothing that is asked so.
  public boolean absent() {
    return status == 404 || status == 405 || status == 410 || status == 501;
  }
}
