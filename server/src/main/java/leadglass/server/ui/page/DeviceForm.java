package leadglass.server.ui.page;

import leadglass.archive.DeviceTerms;

/// Adds a device, or renews one: by a code, or with a certificate request.
///
/// @param renewing whether it is there already; then only its key is asked for
/// @param typed what it may do, as it was typed
/// @param csr as it was pasted
/// @param error a sentence; empty at first
public record DeviceForm(
    boolean renewing, String aeTitle, DeviceTerms.Typed typed, String csr, String error)
    implements Page {

  /// One that says what a device usually may.
  public static DeviceForm empty(boolean renewing, String aeTitle) {
    DeviceTerms.Typed usual = new DeviceTerms.Typed("", "", "", "store", "", "");
    return new DeviceForm(renewing, aeTitle, usual, "", "");
  }

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
