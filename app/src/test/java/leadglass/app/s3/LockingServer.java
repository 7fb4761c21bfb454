package leadglass.app.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.app.config.S3Config;

/// [BucketServer] with object lock, which it lacks: a door before it that keeps the end of each
/// version's lock and lets no locked version be removed. It shows lists three at a time, and may be
/// told to answer with a fault.
public final class LockingServer implements AutoCloseable {
  private static final int PAGE = 3;
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "expect", "authorization");
  private static final String UNTIL = "X-amz-object-lock-retain-until-date";

  /// What is answered to everything.
  record Fault(int status, String code) {}

  private final BucketServer behind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Instant> locks = new ConcurrentHashMap<>();
  private final Map<String, Instant> uploads = new ConcurrentHashMap<>();
  private final AtomicLong taken = new AtomicLong();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Fault fault = new Fault(0, "");
  private volatile int cutAfter = Integer.MAX_VALUE;
  private volatile boolean conditions = true;
  private volatile boolean losing;

  /// @param folder for the settings of the server behind
  public LockingServer(Path folder) throws IOException {
    behind = new BucketServer(folder, "none");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// How it is reached.
  ///
  /// @param lockDays how long files are to be locked
  public S3Config config(int lockDays) throws IOException {
    return new S3Config(
        endpoint(),
        "",
        true,
        java.util.Optional.of(behind.credentials(BucketServer.SECRET)),
        lockDays);
  }

  /// Makes a bucket with object lock.
  public void make(String bucket) {
    Buckets.make(behind.endpoint(), bucket, true);
  }

  void failWith(int status, String code) {
    fault = new Fault(status, code);
  }

  /// Breaks every answer off behind so many bytes.
  void cutAfter(int bytes) {
    cutAfter = bytes;
  }

  /// Whether it knows If-None-Match.
  void knowsConditions(boolean knows) {
    conditions = knows;
  }

  /// Says once that it failed to write what it wrote.
  void loseAnAnswer() {
    losing = true;
  }

  /// Bytes that came in so far.
  public long takenBytes() {
    return taken.get();
  }

  /// Requests so far, as method, path and the first parameter of the query.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /// Ends of locks, by path.
  public Map<String, Instant> locks() {
    Map<String, Instant> all = new TreeMap<>();
    locks.forEach((version, until) -> all.put(version.substring(0, version.indexOf('?')), until));
    return all;
  }

  /// As if that long had passed.
  public void age(java.time.Duration by) {
    locks.replaceAll((version, until) -> until.minus(by));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String query =
          exchange.getRequestURI().getRawQuery() == null
              ? ""
              : exchange.getRequestURI().getRawQuery();
      String path = exchange.getRequestURI().getRawPath();
      String method = exchange.getRequestMethod();
      taken.addAndGet(body.length);
      asked.add(method + " " + path + " " + query.replaceAll("[=&].*", ""));
      if (fault.status() != 0) {
        answer(exchange, fault.status(), error(fault.code()));
      } else if (!conditions && exchange.getRequestHeaders().containsKey("If-None-Match")) {
        answer(exchange, 501, error("NotImplemented"));
      } else if (query.startsWith("object-lock")) {
        answer(
            exchange,
            200,
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
                + "</ObjectLockConfiguration>");
      } else if (query.startsWith("retention")) {
        retain(exchange, path + "?" + parameter(query, "versionId"), new String(body, UTF_8));
      } else if (method.equals("DELETE") && isLocked(path + "?" + parameter(query, "versionId"))) {
        answer(exchange, 403, error("AccessDenied"));
      } else {
        pass(exchange, path, query, body);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private boolean isLocked(String version) {
    return locks.getOrDefault(version, Instant.EPOCH).isAfter(Instant.now());
  }

  private static String parameter(String query, String name) {
    Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String element(String xml, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String error(String code) {
    return "<Error><Code>" + code + "</Code><Message>" + BucketServer.SECRET + "</Message></Error>";
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(
        status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
    if (!exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private void retain(HttpExchange exchange, String version, String xml) throws IOException {
    Instant until = Instant.parse(element(xml, "RetainUntilDate"));
    boolean longer = !until.isBefore(locks.getOrDefault(version, Instant.EPOCH));
    if (longer && element(xml, "Mode").equals("COMPLIANCE")) {
      locks.put(version, until);
      answer(exchange, 200, "");
    } else {
      answer(exchange, 403, error("AccessDenied"));
    }
  }

  private void pass(HttpExchange exchange, String path, String query, byte[] body)
      throws IOException, InterruptedException {
    boolean list = query.contains("versions") || query.startsWith("list-type");
    String asked = list ? query + "&max-keys=" + PAGE : query;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(behind.endpoint() + path + (asked.isEmpty() ? "" : "?" + asked)))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    List<String> until = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          String lower = name.toLowerCase(java.util.Locale.ROOT);
          if (name.equalsIgnoreCase(UNTIL)) {
            until.add(values.getFirst());
          } else if (!lower.startsWith("x-amz-object-lock") && !OWN.contains(lower)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    lock(path, query, answer, until);
    if (losing && exchange.getRequestHeaders().containsKey("If-None-Match")) {
      losing = false;
      answer(exchange, 500, error("InternalError"));
      return;
    }
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!OWN.contains(name) && !name.startsWith(":") && !name.equals("transfer-encoding")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      answer
          .headers()
          .firstValue("content-length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    }
    byte[] bytes = answer.body();
    exchange.sendResponseHeaders(
        answer.statusCode(), head || bytes.length == 0 ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes, 0, Math.min(bytes.length, cutAfter));
    }
  }

  private void lock(String path, String query, HttpResponse<byte[]> answer, List<String> until) {
    if (answer.statusCode() != 200) {
      return;
    }
    String upload = parameter(query, "uploadId");
    String version = answer.headers().firstValue("x-amz-version-id").orElse("");
    if (query.startsWith("uploads") && !until.isEmpty()) {
      uploads.put(
          element(new String(answer.body(), UTF_8), "UploadId"), Instant.parse(until.getFirst()));
    } else if (uploads.containsKey(upload) && !version.isEmpty()) {
      locks.put(path + "?" + version, uploads.get(upload));
    } else if (!until.isEmpty() && !version.isEmpty()) {
      locks.put(path + "?" + version, Instant.parse(until.getFirst()));
    }
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.close();
    client.close();
    behind.close();
  }
}
