package leadglass.app.system;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Act;

/// What a patient reads of an access, by the script and on the page.
final class YearWords {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.UK).withZone(ZoneOffset.UTC);
  private static final Pattern LINE =
      Pattern.compile("<li[^>]*>(?:(?!</li>).)*</li>", Pattern.DOTALL);

  private YearWords() {}

  /// From the least to the most.
  enum Deed {
    SAW_THAT_THERE("saw in a list that you have these images, and no picture"),
    SAW_DESCRIPTION("read the description of the images, and saw no picture"),
    SAW_PREVIEWS("saw small previews of the images"),
    SAW_IMAGES("looked at the images"),
    OPENED_LINK("opened the link they were given"),
    MADE_LINK("gave %s a link to your images"),
    STOPPED_LINK("ended the link of %s"),
    GAVE("gave your images to %s"),
    TOOK("took your images back from %s"),
    EMERGENCY("opened your images in an emergency");

    private final String words;

    Deed(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    static Deed of(Act act) {
      return switch (act) {
        case DESCRIBED -> SAW_DESCRIPTION;
        case PREVIEWED -> SAW_PREVIEWS;
        default -> SAW_IMAGES;
      };
    }
  }

  /// As the script has it.
  static String line(YearLedger.Told told) {
    String who =
        switch (told.who.kind()) {
          case "share" -> YearOutside.RECIPIENT;
          case "program" -> "a program of " + told.who.name().replaceFirst("/.*", "");
          case "console" -> "somebody at the archive's own computer (" + told.who.name() + ")";
          default -> told.who.name() + role(told.who.hat());
        };
    boolean house = told.who.kind().equals("person") || told.who.kind().equals("program");
    String why = told.why.isEmpty() && house ? "as part of their work here" : told.why;
    boolean look = told.deed().compareTo(Deed.SAW_IMAGES) <= 0;
    return line(
        WHEN.format(told.at),
        who,
        told.did(),
        told.images() == 0 ? "" : told.images() + (told.images() == 1 ? " image" : " images"),
        look && told.emergency ? "in an emergency" : why,
        told.emergency);
  }

  private static String role(String hat) {
    return switch (hat) {
      case "radiologist" -> ", a doctor who reads images here";
      case "technologist" -> ", who takes images here";
      case "frontdesk" -> ", at the front desk";
      case "referrer" -> ", a doctor who was given your images";
      default -> "?" + hat;
    };
  }

  private static String line(
      String when, String who, String did, String images, String why, boolean emergency) {
    return String.join(" | ", when, who, did, images, why) + (emergency ? " | Emergency" : "");
  }

  /// As a page has it: lines under days.
  static List<String> lines(String page) {
    List<String> lines = new ArrayList<>();
    String day = "";
    Matcher each = LINE.matcher(page.substring(page.indexOf("card lines looks")));
    while (each.find()) {
      String item = each.group();
      if (item.startsWith("<li class=\"day\">")) {
        day = text(item);
      } else {
        lines.add(
            line(
                day + " " + part("<span class=\"num muted\">(.*?)</span>", item),
                part("<b><bdi>(.*?)</bdi></b>", item),
                part("</b> <bdi>(.*?)</bdi>", item),
                part("</bdi>, (\\d+ images?)\\)</span>", item),
                part("Why: <bdi>(.*?)</bdi>", item),
                item.contains("<span class=\"tag\">Emergency</span>")));
      }
    }
    return lines;
  }

  private static String part(String pattern, String item) {
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(item);
    return found.find() ? text(found.group(1)) : "";
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
