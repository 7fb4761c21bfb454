package leadglass.archive;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// A TLS handshake in memory.
final class Handshake {
  private static final int ROUNDS_MAX = 100;

  private Handshake() {}

  /// @return the client's view of it
  /// @throws SSLException if the two don't agree
  static SSLSession between(SSLEngine client, SSLEngine server) throws SSLException {
    client.setUseClientMode(true);
    server.setUseClientMode(false);
    client.beginHandshake();
    server.beginHandshake();
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    for (int round = 0; round < ROUNDS_MAX; round++) {
      turn(client, toClient, toServer);
      turn(server, toServer, toClient);
      boolean done = isDone(client) && isDone(server);
      if (done && toServer.position() == 0 && toClient.position() == 0) {
        return client.getSession();
      }
    }
    throw new SSLException("no end of the handshake");
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    in.flip();
    boolean moved = true;
    while (moved) {
      moved = false;
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        moved = true;
      } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), out);
        moved = result.bytesProduced() > 0;
      } else if (in.hasRemaining()) {
        SSLEngineResult result = engine.unwrap(in, ByteBuffer.allocate(1 << 15));
        moved = result.bytesConsumed() > 0;
      }
    }
    in.compact();
  }

  /// @param trust whom the server lets in
  static SSLEngine server(Authority.Identity identity, X509TrustManager trust)
      throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(identity.keys(), identity.password());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
    return context.createSSLEngine();
  }

  /// @param ca whom the client trusts
  static SSLEngine client(List<X509Certificate> ca, KeyManager[] keys, String host)
      throws Exception {
    java.security.KeyStore trusted = java.security.KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (int i = 0; i < ca.size(); i++) {
      trusted.setCertificateEntry("ca" + i, ca.get(i));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    SSLEngine client = context.createSSLEngine(host, 2762);
    javax.net.ssl.SSLParameters parameters = client.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    client.setSSLParameters(parameters);
    return client;
  }
}
