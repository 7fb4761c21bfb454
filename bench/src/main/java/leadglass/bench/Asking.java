package leadglass.bench;

import java.io.IOException;
import java.util.function.IntFunction;

/// GET requests, one after the other over each connection.
///
/// @param path of request `i`
record Asking(Web web, IntFunction<String> path, String accept, long leastBytes)
    implements Lanes.Lane {
  static final String JSON = "application/dicom+json";
  static final String FRAMES = "multipart/related; type=\"application/octet-stream\"";

  /// @param leastBytes that a right answer has
  static Row run(
      String name,
      Program program,
      int connections,
      int count,
      IntFunction<String> path,
      String accept,
      long leastBytes)
      throws IOException, InterruptedException {
    return Lanes.run(
        name,
        program,
        connections,
        count,
        leastBytes * count,
        _ -> new Asking(new Web(program), path, accept, leastBytes));
  }

  @Override
  public void work(int i) throws IOException {
    Web.Answer answer = web.get("/dicomweb" + path.apply(i), accept);
    if (!answer.isSuccess() || answer.bytes() < leastBytes) {
      throw new IOException(
          "GET status " + answer.status() + ", " + answer.bytes() + " bytes " + answer.words());
    }
  }

  @Override
  public void close() throws IOException {
    web.close();
  }
}
