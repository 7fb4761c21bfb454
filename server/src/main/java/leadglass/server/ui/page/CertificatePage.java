package leadglass.server.ui.page;

import java.util.List;

/// The certificate of an erasure, to be printed; copies of older keys can be ticked off.
///
/// @param complete whether no older copy of the keys is left
/// @param verdict the same in a sentence
public record CertificatePage(
    String name,
    boolean complete,
    String verdict,
    List<ErasurePage.Fact> facts,
    List<Copy> copies,
    boolean mayTick)
    implements Page {

  /// A copy of the key store that was made before.
  ///
  /// @param key to tick it off by
  /// @param state in words
  public record Copy(
      String key, String made, String place, String digest, boolean gone, String state) {}

  @Override
  public String title() {
    return "Certificate of erasure";
  }

  @Override
  public String here() {
    return "/erasures";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtecertificateGenerated.render(out, tags, shell, this));
  }
}
