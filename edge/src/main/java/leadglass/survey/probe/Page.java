package leadglass.survey.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.survey.Visit;
import leadglass.survey.http.Ask;
import leadglass.survey.http.Heard;
import leadglass.survey.http.Marker;
import leadglass.survey.http.ShapeWatch;
import leadglass.survey.http.Talk;
import leadglass.survey.http.Watch;

/// What a page turned out to be; nothing of it is kept.
///
/// @param viewer whose words stand on it
/// @param password it has a field for one
/// @param listing it lists a folder
/// @param dicomFiles names in it end like DICOM files do, or one is DICOMDIR
/// @param search it is the first page of Elasticsearch or its like
record Page(
    Heard heard,
    ShapeWatch.Shape shape,
    Optional<Viewer> viewer,
    boolean password,
    boolean listing,
    boolean dicomFiles,
    boolean search) {

  private static final List<String> PASSWORD =
      List.of("type=\"password\"", "type='password'", "type=password");
  private static final List<String> LISTING =
      List.of(
          "<title>Index of ",
          "<h1>Index of ",
          "<title>Directory listing for ",
          "[To Parent Directory]");
  private static final List<String> DICOM_FILES =
      List.of(".dcm\"", ".dcm'", ".dcm<", "\"DICOMDIR\"", ">DICOMDIR<", "'DICOMDIR'");
  private static final List<String> SEARCH =
      List.of("You Know, for Search", "The OpenSearch Project");

  static Page get(Visit visit, String path) throws IOException {
    List<Watch> watches = new ArrayList<>();
    List<Marker> password = markers(PASSWORD, watches);
    List<Marker> listing = markers(LISTING, watches);
    List<Marker> dicomFiles = markers(DICOM_FILES, watches);
    List<Marker> search = markers(SEARCH, watches);
    Map<Viewer, List<Marker>> viewers = new EnumMap<>(Viewer.class);
    for (Viewer each : Viewer.values()) {
      viewers.put(each, markers(each.words(), watches));
    }
    ShapeWatch shape = new ShapeWatch();
    watches.add(shape);
    Heard heard = Talk.ask(visit, Ask.page(path), watches.toArray(Watch[]::new));
    return new Page(
        heard,
        shape.shape(),
        Stream.of(Viewer.values()).filter(each -> any(viewers.get(each))).findFirst(),
        any(password),
        any(listing),
        any(dicomFiles),
        any(search));
  }

  private static List<Marker> markers(List<String> words, List<Watch> watches) {
    List<Marker> made = words.stream().map(Marker::new).toList();
    watches.addAll(made);
    return made;
  }

  private static boolean any(@org.jspecify.annotations.Nullable List<Marker> markers) {
    return markers != null && markers.stream().anyMatch(Marker::found);
  }
}
