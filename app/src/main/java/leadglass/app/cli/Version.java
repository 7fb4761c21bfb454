package leadglass.app.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// From the jar's manifest.
final class Version implements IVersionProvider {
  Version() {}

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("unpacked");
    return new String[] {"leadglass " + version};
  }
}
