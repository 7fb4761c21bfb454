package leadglass.survey.probe;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Product;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.http.Heard;

/// A fact: what a web server says at its root, and to a path that can't exist. Whatever answers
/// like the latter is not there.
record Site(Page root, Page nowhere) {
  static final Set<Service> WEB = Set.of(Service.HTTP, Service.HTTPS);

  static Site of(Visit visit) throws IOException {
    return new Site(Page.get(visit, "/"), Page.get(visit, nonsense(visit)));
  }

  /// A path that nobody has.
  static String nonsense(Visit visit) {
    byte[] bits = new byte[8];
    visit.random().nextBytes(bits);
    return "/lg-" + HexFormat.of().formatHex(bits);
  }

  /// Whether it is not there: it says so, or it is what every path gets.
  boolean lacks(Heard heard) {
    Heard usual = nowhere.heard();
    return heard.absent()
        || (!heard.refused()
            && heard.status() == usual.status()
            && heard.content() == usual.content());
  }

  /// Whether even a path that can't exist gets an answer as if it did.
  boolean answersAnything() {
    return nowhere.heard().ok();
  }

  /// Of an archive or a viewer; what stands in front of it comes last.
  Optional<Product> product() {
    return root.viewer()
        .map(Viewer::product)
        .or(() -> root.heard().product().filter(each -> !isFront(each)))
        .or(() -> nowhere.heard().product().filter(each -> !isFront(each)));
  }

  /// A web server in front, if it says so.
  Optional<Product> front() {
    return root.heard().product().filter(Site::isFront);
  }

  private static boolean isFront(Product product) {
    return product == Product.NGINX || product == Product.APACHE;
  }
}
