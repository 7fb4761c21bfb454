package leadglass.server.ui;

import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import leadglass.archive.Passkeys;
import leadglass.server.http.Response;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The few answers that a script of ours reads.
final class Json {
  private static final String MEDIA_TYPE = "application/json";
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// Writes an object's members.
  @FunctionalInterface
  private interface Members {
    void writeTo(JsonGenerator out);
  }

  private static Response object(int status, Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      members.writeTo(out);
      out.writeEndObject();
    }
    return Response.of(
        status, MEDIA_TYPE, text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /// Where to go now.
  static Response next(String address) {
    return object(200, out -> out.writeStringProperty("to", address));
  }

  /// Why not, in a sentence for the person.
  static Response refused(int status, String rule) {
    return object(status, out -> out.writeStringProperty("rule", rule));
  }

  /// What an authenticator is to be asked for; bytes as base64url.
  ///
  /// @param site name of it
  static Response question(Passkeys.Question question, String site) {
    return object(
        200,
        out -> {
          out.writeStringProperty("ticket", question.ticket());
          out.writeStringProperty("challenge", text(question.challenge()));
          out.writeStringProperty("host", question.host());
          out.writeStringProperty("site", site);
          out.writeStringProperty("account", question.account());
          out.writeStringProperty("handle", text(question.handle()));
          out.writeNumberProperty("millis", Passkeys.ANSWER_WITHIN.toMillis());
          strings(out, question.known());
          out.writeArrayPropertyStart("algorithms");
          question.algorithms().forEach(number -> out.writeNumber(number));
          out.writeEndArray();
        });
  }

  private static void strings(JsonGenerator out, List<byte[]> ids) {
    out.writeArrayPropertyStart("known");
    ids.forEach(id -> out.writeString(text(id)));
    out.writeEndArray();
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
