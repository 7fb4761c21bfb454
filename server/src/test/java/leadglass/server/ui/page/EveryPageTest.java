package leadglass.server.ui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every page, whatever stands in it.
class EveryPageTest {
  private static final String MARKUP =
      "<script>canary()</script>\"'><img src=x onerror=canary()>&lt;`${canary}";

  private static final Pattern TAG = Pattern.compile("<([a-z][a-z0-9-]*)((?:[^>\"]|\"[^\"]*\")*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)(?:=\"([^\"]*)\")?");

  private record Element(String name, String attributes) {
    String attribute(String wanted) {
      Matcher found = ATTRIBUTE.matcher(attributes);
      while (found.find()) {
        if (found.group(1).equals(wanted)) {
          return found.group(2) == null ? wanted : found.group(2);
        }
      }
      return "";
    }
  }

  static Stream<String> pages() {
    return Samples.pages("Okonkwo^Adaeze").stream().map(EveryPageTest::html);
  }

  static Stream<String> hostilePages() {
    return Samples.pages(MARKUP).stream()
        .flatMap(page ->
            Stream.of(
                page.html(Samples.shell(MARKUP, true)), page.html(Samples.shell(MARKUP, false))));
  }

  private static String html(Page page) {
    boolean alone =
        page instanceof SignIn
            || page instanceof Arriving
            || page instanceof OwedPage
            || page instanceof SetUpCode
            || page instanceof SetUpAccount
            || page instanceof SetUpConfirm
            || page instanceof Trust
            || page instanceof OpenLink
            || page instanceof PatientOpen
            || page instanceof PatientEnter
            || page instanceof PatientPage
            || page instanceof PatientLooks
            || page instanceof PatientAsk
            || page instanceof GuestPage;
    return page.html(Samples.shell("Northlight Imaging", !alone));
  }

  private static List<Element> elements(String html) {
    List<Element> all = new ArrayList<>();
    Matcher found = TAG.matcher(html);
    while (found.find()) {
      all.add(new Element(found.group(1), found.group(2)));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("hostilePages")
  void markupInAValueStaysText(String html) {
    assertThat(html).doesNotContain("<script>canary").doesNotContain("<img src=x");
    List<Element> elements = elements(html);
    assertThat(elements).noneMatch(e -> e.attribute("onerror").contains("canary"));
    assertThat(elements.stream().filter(e -> e.name().equals("script"))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("hostilePages")
  void noPageHasInlineScriptOrStyle(String html) {
    for (Element element : elements(html)) {
      assertThat(element.name()).isNotEqualTo("style");
      assertThat(element.attribute("style")).isEmpty();
      Matcher attribute = ATTRIBUTE.matcher(element.attributes().replaceAll("\"[^\"]*\"", "\"\""));
      while (attribute.find()) {
        assertThat(attribute.group(1)).doesNotStartWith("on");
      }
      if (element.name().equals("script")) {
        assertThat(element.attribute("src")).startsWith("/static/");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostilePages")
  void noPageNamesAnotherOrigin(String html) {
    for (Element element : elements(html)) {
      for (String address : List.of("href", "src", "action")) {
        assertThat(element.attribute(address)).doesNotContain("//").doesNotContain("javascript:");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostilePages")
  void theWindowsTitleHoldsNoValue(String html) {
    Matcher title = Pattern.compile("<title>(.*)</title>").matcher(html);
    assertThat(title.find()).isTrue();
    assertThat(title.group(1)).doesNotContain("canary");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageHasLanguageLandmarksAndOneHeadingOfTheFirstLevel(String html) {
    List<Element> elements = elements(html);
    assertThat(html).startsWith("<!doctype html>\n<html lang=\"en\"");
    for (String once : List.of("h1", "main", "title", "footer")) {
      assertThat(elements.stream().filter(e -> e.name().equals(once))).as(once).hasSize(1);
    }
    assertThat(html)
        .contains("Not a cleared or CE-marked device. Not for primary diagnosis.")
        .contains("<p class=\"banner\">Northlight Imaging</p>")
        .contains("<a class=\"skip\" href=\"#main\">");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyFieldHasALabelAndEveryIdIsOnlyThere(String html) {
    List<Element> elements = elements(html);
    Set<String> labelled = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Element element : elements) {
      labelled.add(element.attribute("for"));
      String id = element.attribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("id %s once", id).isTrue();
    }
    Matcher inside = Pattern.compile("<label[^>]*>(.*?)</label>", Pattern.DOTALL).matcher(html);
    Set<String> wrapped = new HashSet<>();
    while (inside.find()) {
      elements(inside.group(1)).forEach(e -> wrapped.add(e.name() + e.attributes()));
    }
    for (Element field : elements) {
      boolean typed =
          List.of("select", "textarea").contains(field.name())
              || (field.name().equals("input") && !field.attribute("type").equals("hidden"));
      if (typed) {
        assertThat(
                labelled.contains(field.attribute("id"))
                    || wrapped.contains(field.name() + field.attributes()))
            .as("a label for %s", field)
            .isTrue();
      }
    }
    for (Element element : elements) {
      for (String id : element.attribute("aria-describedby").split(" ", -1)) {
        assertThat(id.isEmpty() || ids.contains(id)).as("described by %s", id).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyTableHasACaptionAndHeadingsWithScope(String html) {
    List<Element> elements = elements(html);
    long tables = elements.stream().filter(e -> e.name().equals("table")).count();
    assertThat(elements.stream().filter(e -> e.name().equals("caption"))).hasSize((int) tables);
    assertThat(elements.stream().filter(e -> e.name().equals("th")))
        .allMatch(e -> !e.attribute("scope").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyFormSendsItsValuesInABody(String html) {
    assertThat(elements(html).stream().filter(e -> e.name().equals("form")))
        .allMatch(e -> e.attribute("method").equals("post"));
  }
}
