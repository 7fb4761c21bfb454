package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import leadglass.app.Failure;
import leadglass.store.Private;

/// The files a device needs, readable for nobody but who made them, and never written over others.
final class DeviceFiles {
  /// Not a secret: so that whoever uses the folder need not say it.
  static final String AE_TITLE = "aet.txt";

  private static final List<String> NAMES = List.of("key.pem", "cert.pem", "ca.pem", AE_TITLE);

  private DeviceFiles() {}

  static void check(Path folder) throws Failure {
    for (String name : NAMES) {
      if (Files.exists(folder.resolve(name))) {
        throw new Failure(
            Failure.USAGE, folder.resolve(name) + " is there already", "name an empty folder");
      }
    }
  }

  static void checkFile(Path file) throws Failure {
    if (Files.exists(file)) {
      throw new Failure(Failure.USAGE, file + " is there already", "name another file");
    }
  }

  static void write(Path folder, String aeTitle, String key, String certificate, String ca)
      throws Failure {
    try {
      Private.folder(folder);
      Private.file(folder.resolve("key.pem"), key.getBytes(UTF_8));
      Private.file(folder.resolve("cert.pem"), certificate.getBytes(UTF_8));
      Private.file(folder.resolve("ca.pem"), ca.getBytes(UTF_8));
      Private.file(folder.resolve(AE_TITLE), (aeTitle + "\n").getBytes(UTF_8));
    } catch (FileAlreadyExistsException e) {
      throw new Failure(Failure.FAILED, e.getFile() + " is there already", "name an empty folder");
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, folder + " can't be written", "name another folder");
    }
  }

  static void write(Path file, String text) throws Failure {
    try {
      Private.file(file, text.getBytes(UTF_8));
    } catch (IOException _) {
      throw new Failure(Failure.FAILED, file + " can't be written", "name another file");
    }
  }
}
