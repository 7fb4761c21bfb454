package leadglass.app.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server of a few words (RFC 5321, 3207, 4954): keeps what it is told, one connection at a
/// time.
public final class MailServer implements AutoCloseable {
  private final SSLContext tls;
  private final boolean implicit;
  private final boolean offers;
  private final ServerSocket listening;
  private final Thread thread;
  private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> plain = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  /// @param implicit whether TLS begins at once
  /// @param offers whether it says that it knows STARTTLS
  public MailServer(SSLContext tls, boolean implicit, boolean offers) throws IOException {
    this.tls = tls;
    this.implicit = implicit;
    this.offers = offers;
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.thread = Thread.ofVirtual().start(this::listen);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// The next mail it took.
  public String mail() throws IOException {
    try {
      String mail = mails.poll(30, TimeUnit.SECONDS);
      if (mail == null) {
        throw new IOException("no mail; heard: " + heard);
      }
      return mail;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public boolean hasMail() {
    return !mails.isEmpty();
  }

  /// The bytes of the file that hangs on a mail.
  public static byte[] attachment(String mail) throws IOException {
    int at = mail.indexOf("Content-Disposition: attachment");
    int begin = mail.indexOf("\n\n", at);
    int end = mail.indexOf("\n--", begin);
    if (at < 0 || begin < 0 || end < 0) {
      throw new IOException("nothing hangs on it");
    }
    return Base64.getMimeDecoder().decode(mail.substring(begin, end).strip());
  }

  /// What it was told before TLS.
  public String plain() {
    return String.join("\n", plain);
  }

  /// What it was told over TLS.
  public String heard() {
    return String.join("\n", heard);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.setSoTimeout(30_000);
        if (implicit) {
          serve(secured(socket), true);
        } else {
          serve(socket, false);
        }
      } catch (IOException _) {
        // The next one, or none.
      }
    }
  }

  private SSLSocket secured(Socket socket) throws IOException {
    SSLSocket over = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
    over.setUseClientMode(false);
    over.startHandshake();
    return over;
  }

  private static void say(Socket socket, String line) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  private void serve(Socket socket, boolean secure) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    if (!secure || implicit) {
      say(socket, "220 test");
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      (secure ? heard : plain).add(line);
      String word = line.split("[ :]", 2)[0];
      switch (word) {
        case "EHLO" -> {
          say(socket, "250-test");
          if (!secure && offers) {
            say(socket, "250-STARTTLS");
          }
          say(socket, "250 AUTH PLAIN");
        }
        case "STARTTLS" -> {
          say(socket, "220 go on");
          serve(secured(socket), true);
          return;
        }
        case "AUTH" -> {
          String[] parts = line.split(" ", 3);
          String sent = new String(Base64.getDecoder().decode(parts[2]), UTF_8);
          say(socket, sent.endsWith("\0archive\0geheim") ? "235 well" : "535 no");
        }
        case "DATA" -> {
          say(socket, "354 go on");
          mails.add(data(in));
          say(socket, "250 taken");
        }
        case "QUIT" -> {
          say(socket, "221 bye");
          return;
        }
        default -> say(socket, "250 well");
      }
    }
  }

  private static String data(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
