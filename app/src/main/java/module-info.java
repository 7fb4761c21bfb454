/// main, configuration, commands, log lines.
module leadglass.app {
  requires static transitive org.jspecify;
  requires jdk.net;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  exports leadglass.app.config;
}
