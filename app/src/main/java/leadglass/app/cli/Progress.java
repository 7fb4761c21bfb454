package leadglass.app.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A bar on a terminal; elsewhere a line every ten seconds. Both on stderr.
final class Progress implements AutoCloseable {
  private static final long LINE_EVERY_NANOS = 10_000_000_000L;
  private static final int MEGABYTE = 1_000_000;

  private final @Nullable ProgressBar bar;
  private final boolean lines;
  private final int files;
  private final String task;
  private long lastLine = System.nanoTime();
  private int done;

  /// Of things that are counted, however many there are.
  static Progress of(String task, boolean shown) {
    return new Progress(task, 0, 1, "", 1, shown);
  }

  Progress(String task, int files, long bytes, boolean shown) {
    this(task, files, bytes, " MB", MEGABYTE, shown);
  }

  private Progress(String task, int files, long max, String unit, long unitSize, boolean shown) {
    boolean terminal = Terminal.isThere();
    this.task = task;
    this.files = files;
    this.lines = shown && !terminal;
    this.bar =
        shown && terminal
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(Math.max(1, max))
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis(200)
                .build()
            : null;
  }

  /// Passes bytes on and moves the bar.
  InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (bar != null && read > 0) {
          bar.stepBy(read);
        }
        return read;
      }
    };
  }

  void step(long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
  }

  /// Of things that are counted as somebody else tells.
  void counted(int done, int all) {
    if (bar != null) {
      bar.maxHint(Math.max(1, all));
      bar.stepTo(done);
    }
    if (lines && System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
      lastLine = System.nanoTime();
      System.err.println(task + ": " + done + "/" + all);
    }
  }

  void fileDone() {
    done++;
    if (bar != null) {
      bar.setExtraMessage(" " + done + "/" + files + " files");
    }
    if (lines && System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
      lastLine = System.nanoTime();
      System.err.println(task + ": " + done + "/" + files + " files");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
