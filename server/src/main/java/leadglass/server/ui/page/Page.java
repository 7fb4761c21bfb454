package leadglass.server.ui.page;

/// What one page shows. Values in it are as they were stored or typed: templates escape them.
public interface Page {

  /// For the window's title, so never a patient's value: titles end up in a browser's history.
  String title();

  /// Address of the menu's entry this page belongs to; empty if none.
  String here();

  String html(Shell shell);
}
