/// main, configuration, commands, log lines.
module leadglass.app {
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires com.google.crypto.tink;
  requires info.picocli;
  requires java.logging;
  requires java.net.http;
  requires jdk.net;
  requires leadglass.archive;
  requires leadglass.server;
  requires leadglass.store;
  requires org.slf4j;
  requires me.tongfei.progressbar;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;
}
