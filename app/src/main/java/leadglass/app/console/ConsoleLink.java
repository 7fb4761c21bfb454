package leadglass.app.console;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/// A command's side of the console of a running server.
public final class ConsoleLink implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;

  private ConsoleLink(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
    this.out = Channels.newOutputStream(channel);
  }

  /// @throws IOException if no server listens there, or it is another user's
  public static ConsoleLink open(Path dataDirectory) throws IOException {
    Path path = ConsoleSocket.in(dataDirectory);
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    try {
      // Passwords go there, and among the temporary files anybody may have made a socket.
      String server = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
      if (!server.equals(Files.getOwner(dataDirectory).getName()) && !server.equals("root")) {
        throw new IOException("the console is another user's");
      }
      return new ConsoleLink(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Asks and waits for the answer.
  ///
  /// @param body gives exactly [Request#bodyBytes()] bytes
  /// @param howFar told on the way how far it is
  public Reply ask(Request request, InputStream body, Consumer<HowFar> howFar) throws IOException {
    Wire.write(out, request);
    if (request.bodyBytes() > 0) {
      body.transferTo(out);
      out.flush();
    }
    while (true) {
      Line line = Wire.read(in, Line.class);
      if (line.howFar() != null) {
        howFar.accept(line.howFar());
      } else if (line.piece() != null) {
        if (howFar instanceof Pieces pieces) {
          pieces.piece(line.piece());
        }
      } else if (line.reply() != null) {
        return line.reply();
      }
    }
  }

  /// Asks and waits for the answer.
  public Reply ask(Request request, InputStream body) throws IOException {
    return ask(request, body, _ -> {});
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
