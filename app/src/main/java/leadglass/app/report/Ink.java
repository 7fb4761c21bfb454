package leadglass.app.report;

/// Colours on white paper; each is dark enough to be read.
enum Ink {
  BLACK(0.10f, 0.12f, 0.14f),
  GREY(0.27f, 0.30f, 0.33f),
  GREEN(0.04f, 0.35f, 0.16f),
  AMBER(0.42f, 0.26f, 0f),
  RED(0.54f, 0.06f, 0.13f);

  private final float red;
  private final float green;
  private final float blue;

  Ink(float red, float green, float blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  float red() {
    return red;
  }

  float green() {
    return green;
  }

  float blue() {
    return blue;
  }
}
