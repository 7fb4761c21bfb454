package leadglass.server.ui.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What is planned for a day.
///
/// @param day of `<input type=date>`
/// @param called the day in words
/// @param station AE title; empty for all
/// @param modality empty for all
/// @param next address of the next page, if there is one
/// @param form for a new entry; empty for who does not plan
/// @param error a sentence about what was asked; empty if all is well
public record DayPage(
    String day,
    String called,
    String before,
    String after,
    String station,
    String modality,
    List<Row> rows,
    Optional<String> next,
    Optional<StepForm> form,
    String error)
    implements Page {
  public static final String ADDRESS = "/day";
  public static final String PLAN = ADDRESS + "/plan";

  public DayPage {
    rows = List.copyOf(rows);
  }

  /// One planned procedure.
  ///
  /// @param person sex and age
  /// @param state in words
  /// @param tag class of its sign
  /// @param open whether it can still be changed and cancelled
  public record Row(
      String id,
      String time,
      PersonName patient,
      String person,
      String patientId,
      String modality,
      String description,
      String station,
      String referrer,
      String state,
      String tag,
      boolean open) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  /// Address of another day, with the same stations and modalities.
  public String address(String other) {
    return address(other, station, modality);
  }

  /// Address of a day.
  public static String address(String day, String station, String modality) {
    return ADDRESS
        + "?day="
        + day
        + "&station="
        + encoded(station)
        + "&modality="
        + encoded(modality);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// What to say above the list: of two errors, that of the form is said there.
  public String said() {
    return form.filter(each -> !each.error().isEmpty()).isPresent() ? "" : error;
  }

  public boolean narrowed() {
    return !station.isEmpty() || !modality.isEmpty();
  }

  @Override
  public String title() {
    return "Planned procedures";
  }

  @Override
  public String here() {
    return ADDRESS;
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtedayGenerated.render(out, tags, shell, this));
  }

  /// Never the values.
  @Override
  public String toString() {
    return "DayPage[]";
  }
}
