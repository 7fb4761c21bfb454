package leadglass.app.cli;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.app.console.HowFar;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows how far a long act is: a bar on a terminal, one for each thing that is done; elsewhere a
/// line every ten seconds. Both on stderr. May be told by any thread.
final class HowFarBar implements Consumer<HowFar>, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 10_000_000_000L;

  private final boolean shown;
  private final boolean terminal = Terminal.isThere();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ProgressBar bar;
  private String what = "";
  private long lastLine = System.nanoTime();

  HowFarBar(boolean shown) {
    this.shown = shown;
  }

  @Override
  public void accept(HowFar now) {
    if (!shown) {
      return;
    }
    lock.lock();
    try {
      if (terminal) {
        bar(now);
      } else if (System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
        lastLine = System.nanoTime();
        System.err.println(
            now.what() + ": " + now.done() + (now.total() > 0 ? "/" + now.total() : ""));
      }
    } finally {
      lock.unlock();
    }
  }

  private void bar(HowFar now) {
    ProgressBar showing = bar;
    if (showing == null || !now.what().equals(what)) {
      closeBar();
      what = now.what();
      showing =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(now.total() > 0 ? now.total() : -1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
      bar = showing;
    }
    if (now.total() > 0) {
      showing.maxHint(now.total());
    }
    showing.stepTo(now.done());
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closeBar();
    } finally {
      lock.unlock();
    }
  }
}
