package leadglass.server.ui;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Held;
import leadglass.archive.Look;
import leadglass.archive.Retrieve;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;

/// A study to be taken away by somebody outside.
final class StudyCopy {
  private StudyCopy() {}

  /// The files of the study that a path names in one, named by numbers.
  static Response of(Archive archive, Request request) throws IOException, ProblemException {
    Optional<Uid> study = Uid.parse(request.variable("study"));
    List<Held> files = study.isEmpty() ? List.of() : files(archive, request.caller(), study.get());
    if (files.isEmpty()) {
      throw Problems.notFound();
    }
    return Response.of(200)
        .with("Content-Type", "application/zip")
        .with("Content-Disposition", "attachment; filename=\"study.zip\"")
        .with(-1, out -> zip(files, out));
  }

  private static List<Held> files(Archive archive, Caller caller, Uid study)
      throws IOException, ProblemException {
    return switch (archive
        .retrieve()
        .open(caller, Look.FILES, study, Optional.empty(), Optional.empty())) {
      case Retrieve.Answer.Given(var held) -> held;
      case Retrieve.Answer.Braked(var stop) -> throw Problems.braked(stop);
    };
  }

  private static void zip(List<Held> files, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    int number = 0;
    for (Held held : files) {
      zip.putNextEntry(new ZipEntry(String.format("IMG%05d.dcm", ++number)));
      held.writeFile(zip, false);
      zip.closeEntry();
    }
    zip.finish();
  }
}
