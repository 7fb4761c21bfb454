package leadglass.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;

/// The system's Chromium, kept from calling home.
final class Chromium implements AutoCloseable {
  private final Playwright playwright = Playwright.create();
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(Path.of("/usr/bin/chromium"))
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync",
                          "--use-gl=angle",
                          "--use-angle=swiftshader",
                          "--enable-unsafe-swiftshader")));

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
