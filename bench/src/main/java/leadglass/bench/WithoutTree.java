package leadglass.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A class in front of the program's own that keeps no tree over the audit trail. The program has
/// no switch for that; whoever starts it may put what they like on its class path.
final class WithoutTree {
  private WithoutTree() {}

  /// Compiles it against the program.
  ///
  /// @param source `TrailLog.java`
  /// @param classPath of the program
  /// @param into an empty folder
  /// @throws IOException if it does not fit the program any more
  static void compile(Path source, String classPath, Path into) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler");
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
      List<String> options = List.of("-proc:none", "-d", into.toString(), "-cp", classPath);
      boolean done =
          compiler
              .getTask(null, files, said, options, null, files.getJavaFileObjects(source))
              .call();
      if (!done) {
        Optional<String> first =
            said.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .map(each -> each.getLineNumber() + ": " + each.getMessage(Locale.ROOT));
        throw new IOException(source + " does not fit the program: " + first.orElse(""));
      }
    }
  }

  /// @param jar of the program, its libraries in `lib` beside it
  static String classPath(Path jar) throws IOException {
    StringBuilder path = new StringBuilder(jar.toString());
    Path folder = jar.resolveSibling("lib");
    if (Files.isDirectory(folder)) {
      try (var libraries = Files.newDirectoryStream(folder, "*.jar")) {
        libraries.forEach(each -> path.append(File.pathSeparatorChar).append(each));
      }
    }
    return path.toString();
  }
}
