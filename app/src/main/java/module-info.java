/// main, configuration, commands, log lines.
module leadglass.app {
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires jdk.net;
  requires org.slf4j;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  exports leadglass.app.config;
}
