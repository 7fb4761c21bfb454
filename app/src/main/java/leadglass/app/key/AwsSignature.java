package leadglass.app.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs a request by AWS Signature Version 4.
record AwsSignature(AwsCredentials credentials, String region, String service, Instant at) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// The headers of a POST to `/` that a client sets itself: those given, date and authorization.
  Map<String, String> headers(String host, Map<String, String> given, byte[] body)
      throws GeneralSecurityException {
    Map<String, String> headers = new LinkedHashMap<>(given);
    headers.put("x-amz-date", MOMENT.format(at));
    if (!credentials.session().isEmpty()) {
      headers.put("x-amz-security-token", credentials.session());
    }
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("host", host);
    headers.put("authorization", authorization("POST", signed, body));
    return headers;
  }

  /// @param signed every header that is signed, by its name in lower case
  String authorization(String method, Map<String, String> signed, byte[] body)
      throws GeneralSecurityException {
    String moment = MOMENT.format(at);
    String scope = moment.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    Map<String, String> sorted = new TreeMap<>(signed);
    StringBuilder canonical = new StringBuilder(method + "\n/\n\n");
    sorted.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    String names = String.join(";", sorted.keySet());
    canonical.append('\n').append(names).append('\n').append(sha256(body));
    String toSign =
        String.join("\n", ALGORITHM, moment, scope, sha256(canonical.toString().getBytes(UTF_8)));
    byte[] key = ("AWS4" + credentials.secret()).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return ALGORITHM
        + " Credential="
        + credentials.id()
        + "/"
        + scope
        + ", SignedHeaders="
        + names
        + ", Signature="
        + HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
