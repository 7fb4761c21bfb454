package leadglass.server.ui.page;

import java.util.List;

/// One's own account.
///
/// @param room whether one more passkey may be added
/// @param host whether passkeys work where the browser is: under a name, not an address
/// @param fresh whether a factor was proved just now
/// @param added whether a passkey was just added
/// @param password whether there is one, with an authenticator app
/// @param joined whether they came here for the first time just now
/// @param error a sentence; empty at first
public record OwnAccountPage(
    List<Row> passkeys,
    boolean room,
    boolean host,
    boolean fresh,
    int recoveryCodesLeft,
    int sessions,
    boolean added,
    boolean password,
    boolean joined,
    List<Task> tasks,
    String error)
    implements Page {

  /// Something that waits for one's own word.
  public record Task(String heading, String words, String action, String button) {}

  /// A passkey.
  ///
  /// @param host name it works under
  public record Row(
      String name,
      String label,
      String host,
      String made,
      String used,
      boolean backedUp,
      boolean suspect) {}

  @Override
  public String title() {
    return "Your account";
  }

  @Override
  public String here() {
    return "";
  }

  @Override
  public String html(Shell shell) {
    return Html.of((out, tags) -> JteownAccountGenerated.render(out, tags, shell, this));
  }
}
