package leadglass.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.ShareLinks;

/// Does what commands ask about links for somebody outside. Making one is a person's act alone.
final class ShareDesk {
  private final Archive archive;

  ShareDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "share list" -> list(console);
      case "share revoke" ->
          LifecycleDesk.reply(archive.shareLinks().revoke(console, request.word("id")));
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply list(Caller console) throws IOException {
    List<Map<String, Object>> shares = new ArrayList<>();
    for (ShareLinks.Share share : archive.shareLinks().list(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("id", share.id());
      words.put("recipient", share.recipientWords());
      words.put("purpose", share.purpose());
      words.put("by", share.by());
      words.put("studies", share.studies().size());
      words.put("download", share.download());
      words.put("made", LifecycleDesk.moment(share.madeMillis()));
      words.put("ends", LifecycleDesk.moment(share.endedMillis().orElse(share.endsMillis())));
      words.put("opened", share.opened());
      words.put("wrong", share.wrong());
      words.put("state", share.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      shares.add(words);
    }
    return Reply.done(Map.of("shares", shares));
  }
}
