package leadglass.server.web;

import java.util.ArrayList;
import java.util.List;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.Handler;
import leadglass.server.http.Route;

/// Every resource of DICOMweb that there is (docs/conformance.md).
public final class DicomWeb {
  private static final String STUDY = "/studies/{study}";
  private static final String SERIES = STUDY + "/series/{series}";
  private static final String INSTANCE = SERIES + "/instances/{instance}";

  private final String root;
  private final List<Route> routes = new ArrayList<>();

  private DicomWeb(String root) {
    this.root = root;
  }

  /// What whoever came by a link asks: the same, without what puts something in.
  public static List<Route> shared(Archive archive) {
    return given(archive, Addresses.SHARED_ROOT);
  }

  /// What a patient asks: the same.
  public static List<Route> own(Archive archive) {
    return given(archive, Addresses.OWN_ROOT);
  }

  private static List<Route> given(Archive archive, String root) {
    DicomWeb web = new DicomWeb(root);
    web.search(new Search(archive.query()::search));
    web.retrieve(archive);
    return List.copyOf(web.routes);
  }

  public static List<Route> routes(Archive archive) {
    DicomWeb web = new DicomWeb(Addresses.ROOT);
    web.search(new Search(archive.query()::search));
    web.retrieve(archive);
    Storing storing = new Storing(archive.ingest()::storeFile);
    web.add("POST", "/studies", Verb.STORE, storing::store);
    web.add("POST", STUDY, Verb.STORE, storing::storeIntoStudy);
    return List.copyOf(web.routes);
  }

  private void search(Search search) {
    add("GET", "/studies", Verb.FIND, search::studies);
    add("GET", "/series", Verb.FIND, search::series);
    add("GET", "/instances", Verb.FIND, search::instances);
    add("GET", STUDY + "/series", Verb.FIND, search::seriesOfStudy);
    add("GET", STUDY + "/instances", Verb.FIND, search::instancesOfStudy);
    add("GET", SERIES + "/instances", Verb.FIND, search::instancesOfSeries);
  }

  private void retrieve(Archive archive) {
    Instances instances = new Instances(archive.retrieve());
    add("GET", STUDY, Verb.DOWNLOAD, instances::ofStudy);
    add("GET", SERIES, Verb.DOWNLOAD, instances::ofSeries);
    add("GET", INSTANCE, Verb.DOWNLOAD, instances::one);
    Metadata metadata = new Metadata(archive.retrieve());
    add("GET", STUDY + "/metadata", Verb.RETRIEVE, metadata::ofStudy);
    add("GET", SERIES + "/metadata", Verb.RETRIEVE, metadata::ofSeries);
    add("GET", INSTANCE + "/metadata", Verb.RETRIEVE, metadata::ofInstance);
    BulkData bulkData = new BulkData(archive.retrieve());
    add("GET", INSTANCE + "/bulkdata/{path...}", Verb.RETRIEVE, bulkData::bulkData);
    Frames frames = new Frames(archive.retrieve());
    add("GET", INSTANCE + "/frames/{list}", Verb.RETRIEVE, frames::frames);
    Thumbnails thumbnails = new Thumbnails(archive.retrieve());
    add("GET", STUDY + "/thumbnail", Verb.PREVIEW, thumbnails::ofStudy);
    add("GET", SERIES + "/thumbnail", Verb.PREVIEW, thumbnails::ofSeries);
    add("GET", INSTANCE + "/thumbnail", Verb.PREVIEW, thumbnails::ofInstance);
  }

  private void add(String method, String path, Verb verb, Handler handler) {
    routes.add(new Route(method, root + path, Origin.Door.DICOMWEB, verb, handler));
  }
}
