package leadglass.server.ui.page;

/// Adds a device, or renews one: by a code, or with a certificate request.
///
/// @param renewing whether it is there already; then its AE title is not asked for
/// @param csr as it was pasted
/// @param error a sentence; empty at first
public record DeviceForm(
    boolean renewing,
    String aeTitle,
    String owner,
    String sopClasses,
    String hours,
    String csr,
    String error)
    implements Page {

  @Override
  public String title() {
    return renewing ? "Renew a device" : "Add a device";
  }

  @Override
  public String here() {
    return "/devices";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JtedeviceFormGenerated.render(out, tags, shell, this));
  }
}
