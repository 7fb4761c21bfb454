package leadglass.survey.http;

import java.util.ArrayList;
import java.util.List;

/// The AE titles that dcm4chee-arc lists at `/aets`: only capitals, digits and underscores, and
/// only to ask the same server at the paths that it makes of them. They go into no report.
public final class TitleWatch implements Watch {
  private static final String NAME = "\"dicomAETitle\"";
  private static final int TITLES_MAX = 8;
  private static final int CHARACTERS_MAX = 16;

  private enum Stage {
    NAME,
    OPENING,
    TITLE
  }

  private Marker marker = new Marker(NAME);
  private Stage stage = Stage.NAME;
  private boolean colon;
  private final StringBuilder title = new StringBuilder();
  private final List<String> titles = new ArrayList<>();

  /// As listed.
  public List<String> titles() {
    return List.copyOf(titles);
  }

  @Override
  public void see(int octet) {
    switch (stage) {
      case NAME -> {
        marker.see(octet);
        stage = marker.found() ? Stage.OPENING : Stage.NAME;
      }
      case OPENING -> {
        if (octet == '"' && colon) {
          stage = Stage.TITLE;
        } else if (octet == ':' && !colon) {
          colon = true;
        } else if (octet != ' ') {
          again();
        }
      }
      case TITLE -> {
        boolean fits =
            (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9') || octet == '_';
        if (fits && title.length() < CHARACTERS_MAX) {
          title.append((char) octet);
        } else {
          if (octet == '"' && !title.isEmpty() && titles.size() < TITLES_MAX) {
            titles.add(title.toString());
          }
          again();
        }
      }
    }
  }

  private void again() {
    marker = new Marker(NAME);
    stage = Stage.NAME;
    colon = false;
    title.setLength(0);
  }

  @Override
  public boolean settled() {
    return titles.size() == TITLES_MAX;
  }
}
