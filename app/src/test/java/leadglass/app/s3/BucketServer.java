package leadglass.app.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.app.config.S3Config;

/// S3Proxy as a process of its own: somebody else's server, which keeps what it is given in memory
/// and checks signatures. It knows no locks.
public final class BucketServer implements AutoCloseable {
  public static final String ID = "local-identity";
  public static final String SECRET = "7hJm2Lw0sVtR9bQx";
  private static final long WAIT_SECONDS = 60;
  private static final Pattern LISTENS =
      Pattern.compile("ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

  private final Process process;
  private final Thread listener;
  private final int port;
  private final Path folder;

  /// Returns when it listens.
  ///
  /// @param folder for its settings
  public BucketServer(Path folder) throws IOException {
    this(folder, "aws-v4");
  }

  /// @param authorization what it demands
  BucketServer(Path folder, String authorization) throws IOException {
    this.folder = folder;
    Path settings =
        Files.writeString(
            folder.resolve("s3proxy.conf"),
            """
            s3proxy.endpoint=http://127.0.0.1:0
            s3proxy.authorization=%s
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=transient-nio2
            jclouds.identity=unused
            jclouds.credential=unused
            """
                .formatted(authorization, ID, SECRET));
    Path root = Path.of(System.getProperty("leadglass.root", ".."));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-jar",
                root.resolve("app/target/bucket-server/s3proxy.jar").toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .start();
    CompletableFuture<Integer> listens = new CompletableFuture<>();
    listener = Thread.ofVirtual().start(() -> listen(listens));
    try {
      port = listens.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("it does not listen", e);
    }
  }

  private void listen(CompletableFuture<Integer> listens) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher matcher = LISTENS.matcher(line);
        if (matcher.find()) {
          listens.complete(Integer.parseInt(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      listens.completeExceptionally(e);
    }
    listens.completeExceptionally(new IOException("it ended"));
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /// How it is reached.
  public S3Config config() throws IOException {
    return new S3Config(endpoint(), "", true, java.util.Optional.of(credentials(SECRET)), 30);
  }

  /// A file with the access key.
  public Path credentials(String secret) throws IOException {
    return Files.writeString(
        folder.resolve("credentials"),
        "[default]\naws_access_key_id = " + ID + "\naws_secret_access_key = " + secret + "\n");
  }

  /// Makes a bucket.
  public void make(String bucket) {
    Buckets.make(endpoint(), bucket, false);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      listener.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
