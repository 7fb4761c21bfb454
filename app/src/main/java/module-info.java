/// main, configuration, commands, log lines.
module leadglass.app {
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires com.google.crypto.tink;
  requires com.nimbusds.jose.jwt;
  requires info.picocli;
  requires jakarta.activation;
  requires jakarta.mail;
  requires java.logging;
  requires java.net.http;
  requires jdk.net;
  requires leadglass.archive;
  requires leadglass.audit;
  requires leadglass.server;
  requires leadglass.store;
  requires leadglass.survey;
  requires oauth2.oidc.sdk;
  requires org.apache.pdfbox;
  requires org.slf4j;
  requires me.tongfei.progressbar;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.profiles;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.services.s3;
  requires software.amazon.awssdk.utils;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;
}
