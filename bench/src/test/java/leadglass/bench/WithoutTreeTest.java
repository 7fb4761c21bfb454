package leadglass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the bench puts in front of the program has to go on fitting it.
class WithoutTreeTest {
  private static final List<Path> PROGRAM =
      List.of(
          Path.of("..", "store", "target", "classes"), Path.of("..", "dicom", "target", "classes"));

  @TempDir private Path folder;

  /// Everything that callers may call.
  private static List<String> methods(List<Path> classes) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Path each : classes) {
      urls.add(each.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      return Arrays.stream(loader.loadClass("leadglass.store.trail.TrailLog").getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .map(method ->
              (Modifier.isStatic(method.getModifiers()) ? "static " : "")
                  + method.getReturnType().getName()
                  + " "
                  + method.getName()
                  + Arrays.toString(method.getParameterTypes()))
          .sorted()
          .toList();
    }
  }

  @Test
  void theTrailWithoutATreeHasEveryMethodOfTheOneWithATree() throws Exception {
    compile(Path.of("without-tree", "TrailLog.java"));
    List<Path> inFront = new ArrayList<>(List.of(folder));
    inFront.addAll(PROGRAM);
    assertThat(methods(inFront)).hasSizeGreaterThan(5).isEqualTo(methods(PROGRAM));
  }

  private void compile(Path source) throws IOException {
    String classPath =
        String.join(File.pathSeparator, PROGRAM.stream().map(Path::toString).toList());
    WithoutTree.compile(source, classPath, folder);
  }
}
