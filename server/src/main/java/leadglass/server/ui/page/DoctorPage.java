package leadglass.server.ui.page;

import java.util.List;

/// Why devices were refused or failed: all of them, or one.
///
/// @param whom an AE title that is enrolled, or an address; empty: all
/// @param since when the archive was started
public record DoctorPage(String whom, String since, List<Row> rows) implements Page {

  /// A case.
  ///
  /// @param device enrolled; empty: none
  /// @param query the AE title or address as it stands in an address
  /// @param claimed what it called itself and whom it called; empty: it did not come so far
  /// @param proved whether it was that device for certain
  /// @param offered what it came with
  /// @param command what to type
  public record Row(
      String device,
      String address,
      String query,
      String claimed,
      boolean proved,
      String when,
      String rule,
      List<String> offered,
      String remedy,
      String command) {
    public Row {
      offered = List.copyOf(offered);
    }

    @Override
    public String toString() {
      return "Row[]";
    }
  }

  @Override
  public String title() {
    return "Why was it refused?";
  }

  @Override
  public String here() {
    return "/devices";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtedoctorGenerated.render(out, tags, shell, this));
  }
}
