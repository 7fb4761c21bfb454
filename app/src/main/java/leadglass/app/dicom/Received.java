package leadglass.app.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import leadglass.dicom.io.PartTen;
import leadglass.net.dimse.Status;
import leadglass.net.dimse.StoreScp;

/// A folder that instances come to, each into a file by its SOP Instance UID, whole or not at all.
public final class Received implements StoreScp<String> {
  private final Path folder;
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  public Received(Path folder) {
    this.folder = folder;
  }

  @Override
  public Taken store(String peer, Request request, InputStream dataSet) throws IOException {
    Path partial = Files.createTempFile(folder, "partial-", ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(partial)) {
        out.write(
            PartTen.header(request.sopClass(), request.sopInstance(), request.transferSyntax()));
        bytes.addAndGet(dataSet.transferTo(out));
      }
      Files.move(
          partial,
          folder.resolve(request.sopInstance().value() + ".dcm"),
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
    files.incrementAndGet();
    return Taken.at(Status.success());
  }

  /// How many came.
  public int files() {
    return files.get();
  }

  /// Bytes of their data sets.
  public long bytes() {
    return bytes.get();
  }
}
