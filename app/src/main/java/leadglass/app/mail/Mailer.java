package leadglass.app.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.activation.DataHandler;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import leadglass.app.Failure;
import leadglass.app.config.MailConfig;
import leadglass.app.outbound.OutboundDoor;
import leadglass.app.outbound.Trust;
import org.jspecify.annotations.Nullable;

/// Hands mail to a server, over TLS or not at all: the server proves its name before it hears
/// anything but EHLO and STARTTLS.
///
/// Immutable.
public final class Mailer {
  private static final Duration WHOLE = Duration.ofSeconds(60);
  private static final int SECRET_BYTES_MAX = 4096;

  private final MailConfig config;
  private final boolean implicit;
  private final SSLSocketFactory tls;

  /// @param implicit whether TLS begins at once (RFC 8314), and not by STARTTLS (RFC 3207)
  Mailer(MailConfig config, boolean implicit) throws Failure {
    this.config = config;
    this.implicit = implicit;
    try {
      this.tls = Trust.sockets(config.authority());
    } catch (IOException | GeneralSecurityException _) {
      throw unusable("mail.authority-file", "can't be read as PEM");
    }
    try {
      credentials();
    } catch (IOException _) {
      throw unusable("mail.password-file", "is not a password, or a user and a password");
    }
  }

  /// @throws Failure if a file that the configuration names can't be used
  public static Mailer of(MailConfig config) throws Failure {
    return new Mailer(config, config.isImplicit());
  }

  private static Failure unusable(String key, String what) {
    return new Failure(
        Failure.CONFIGURATION,
        "the file of " + key + " " + what,
        "docs/operating/audit.md says what belongs there");
  }

  private record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[]";
    }
  }

  /// Read anew each time.
  private Optional<Credentials> credentials() throws IOException {
    if (config.password().isEmpty()) {
      return Optional.empty();
    }
    Path file = config.password().get();
    if (Files.size(file) > SECRET_BYTES_MAX) {
      throw new IOException("too long");
    }
    List<String> lines = Files.readString(file, UTF_8).lines().filter(l -> !l.isBlank()).toList();
    return switch (lines.size()) {
      case 1 -> Optional.of(new Credentials(config.from(), lines.getFirst()));
      case 2 -> Optional.of(new Credentials(lines.getFirst().strip(), lines.getLast()));
      default -> throw new IOException("not a user and a password");
    };
  }

  /// Tells something; the server has taken it when this returns.
  ///
  /// @param subject and `text`: ASCII, nothing of any patient
  /// @param millis when it happened
  public void tell(String subject, String text, long millis) throws IOException {
    try {
      deliver(session -> {
        MimeMessage message = message(session, subject, millis);
        message.setText(text, "US-ASCII");
        message.saveChanges();
        return message;
      });
    } catch (MessagingException e) {
      throw new IOException(e.getClass().getSimpleName(), rootOf(e));
    }
  }

  /// Makes a message.
  @FunctionalInterface
  private interface Making {
    MimeMessage of(Session session) throws MessagingException;
  }

  /// Sends a checkpoint; the server has taken it when this returns.
  ///
  /// @param name of the archive, as it calls itself in audit messages
  /// @param note the signed checkpoint
  /// @param entries that it covers
  /// @param millis when it was made
  public void send(String name, String note, long entries, long millis) throws IOException {
    try {
      Letter letter = new Letter(name, note, entries, millis);
      deliver(session -> message(session, letter));
    } catch (MessagingException e) {
      // Without its words: a server's answer may be anything.
      throw new IOException(e.getClass().getSimpleName(), rootOf(e));
    }
  }

  private static @Nullable Throwable rootOf(MessagingException e) {
    return e.getNextException() instanceof IOException io ? io : null;
  }

  private void deliver(Making making) throws IOException, MessagingException {
    Optional<Credentials> credentials = credentials();
    Session session = Session.getInstance(properties(credentials), authenticator(credentials));
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      MimeMessage message = making.of(session);
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private Properties properties(Optional<Credentials> credentials) {
    OutboundDoor door = OutboundDoor.forQuestions(Set.of(config.host()), tls, WHOLE);
    Properties set = new Properties();
    set.put("mail.smtp.host", config.host());
    set.put("mail.smtp.port", Integer.toString(config.port()));
    set.put("mail.smtp.auth", Boolean.toString(credentials.isPresent()));
    set.put("mail.smtp.connectiontimeout", "10000");
    set.put("mail.smtp.timeout", Long.toString(WHOLE.toMillis()));
    set.put("mail.smtp.socketFactory", door.plainSockets(config.host()));
    set.put("mail.smtp.socketFactory.fallback", "false");
    set.put("mail.smtp.ssl.socketFactory", door.sockets(config.host()));
    set.put("mail.smtp.ssl.socketFactory.fallback", "false");
    set.put("mail.smtp.ssl.enable", Boolean.toString(implicit));
    set.put("mail.smtp.starttls.enable", Boolean.toString(!implicit));
    set.put("mail.smtp.starttls.required", Boolean.toString(!implicit));
    set.put("mail.smtp.ssl.checkserveridentity", "true");
    set.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    set.put("mail.smtp.localhost", "leadglass"); // its own name is nobody's business
    credentials.ifPresent(each -> set.put("mail.smtp.user", each.user()));
    return set;
  }

  private static @Nullable Authenticator authenticator(Optional<Credentials> credentials) {
    if (credentials.isEmpty()) {
      return null;
    }
    Credentials own = credentials.get();
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(own.user(), own.password());
      }
    };
  }

  private MimeMessage message(Session session, Letter letter) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(
                letter.text().getBytes(US_ASCII), "text/plain; charset=us-ascii")));
    MimeBodyPart file = new MimeBodyPart();
    file.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(letter.note().getBytes(UTF_8), "application/octet-stream")));
    file.setHeader("Content-Transfer-Encoding", "base64");
    file.setDisposition(Part.ATTACHMENT);
    file.setFileName(letter.fileName());
    MimeMessage message = message(session, letter.subject(), letter.millis());
    message.setContent(new MimeMultipart(text, file));
    message.saveChanges();
    return message;
  }

  /// Without its body.
  private MimeMessage message(Session session, String subject, long millis)
      throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(config.from(), true));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(config.to(), true));
    message.setSubject(subject, "US-ASCII");
    message.setSentDate(Date.from(Instant.ofEpochMilli(millis)));
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }
}
