package leadglass.bench;

import java.io.IOException;
import java.util.List;

/// What can be measured.
enum Case {
  CT(Shape.CT, 1000, 600),
  MR(Shape.MR, 1000, 600),
  TINY(Shape.TINY, 4000, 2000),
  XA(Shape.XA, 4, 2);

  private final Shape shape;
  private final int usualCount;
  private final int warmUpCount;

  Case(Shape shape, int usualCount, int warmUpCount) {
    this.shape = shape;
    this.usualCount = usualCount;
    this.warmUpCount = warmUpCount;
  }

  int usualCount() {
    return usualCount;
  }

  /// How many connections it is measured with, of those asked for.
  List<Integer> connections(List<Integer> asked) {
    return asked;
  }

  /// Lets the server's compiler see the case; what it costs is not counted.
  void warmUp(Program program, Groups groups, int connections)
      throws IOException, InterruptedException {
    new Storing(program, shape).run(groups.next(), connections, warmUpCount);
  }

  Row run(Program program, Groups groups, int connections, int count)
      throws IOException, InterruptedException {
    return new Storing(program, shape).run(groups.next(), connections, count);
  }
}
