package leadglass.image;

import java.util.List;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;

/// From stored values to grey: rescale, VOI window, inversion (PS3.3 §C.11.1, §C.11.2).
///
/// @param centre of the window in output units of the rescale
/// @param width of the window; 0 if there is none and the values' own range is taken
record Window(
    double slope,
    double intercept,
    double centre,
    double width,
    Function function,
    boolean inverse) {

  enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  private static final int WINDOW_CENTER = 0x00281050;
  private static final int WINDOW_WIDTH = 0x00281051;
  private static final int RESCALE_INTERCEPT = 0x00281052;
  private static final int RESCALE_SLOPE = 0x00281053;
  private static final int VOI_LUT_FUNCTION = 0x00281056;
  private static final int MODALITY_LUT_SEQUENCE = 0x00283000;
  private static final int FRAME_VOI_LUT_SEQUENCE = 0x00289132;
  private static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x00289145;
  private static final int PRESENTATION_LUT_SHAPE = 0x20500020;
  private static final int SHARED_FUNCTIONAL_GROUPS_SEQUENCE = 0x52009229;
  private static final int PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE = 0x52009230;

  static Window of(DataSet attributes, int frame, boolean monochrome1) {
    DataSet rescale = group(attributes, frame, PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
    DataSet voi = group(attributes, frame, FRAME_VOI_LUT_SEQUENCE);
    double slope = decimal(rescale, RESCALE_SLOPE, 1);
    double width = decimal(voi, WINDOW_WIDTH, 0);
    Function function =
        switch (voi.string(VOI_LUT_FUNCTION).orElse("")) {
          case "LINEAR_EXACT" -> Function.LINEAR_EXACT;
          case "SIGMOID" -> Function.SIGMOID;
          default -> Function.LINEAR;
        };
    // A window behind a modality LUT is in units that are not looked up here.
    boolean usable =
        width >= (function == Function.LINEAR ? 1 : Double.MIN_NORMAL)
            && voi.contains(WINDOW_CENTER)
            && attributes.items(MODALITY_LUT_SEQUENCE).isEmpty();
    boolean inverse =
        monochrome1 || attributes.string(PRESENTATION_LUT_SHAPE).orElse("").equals("INVERSE");
    return new Window(
        slope == 0 ? 1 : slope,
        decimal(rescale, RESCALE_INTERCEPT, 0),
        decimal(voi, WINDOW_CENTER, 0),
        usable ? width : 0,
        function,
        inverse);
  }

  /// Where a functional group of the frame stands: for the frame, for all frames, or in the data
  /// set itself.
  private static DataSet group(DataSet attributes, int frame, int sequence) {
    List<DataSet> perFrame = attributes.items(PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
    if (frame >= 1 && frame <= perFrame.size()) {
      List<DataSet> own = perFrame.get(frame - 1).items(sequence);
      if (!own.isEmpty()) {
        return own.getFirst();
      }
    }
    for (DataSet shared : attributes.items(SHARED_FUNCTIONAL_GROUPS_SEQUENCE)) {
      if (!shared.items(sequence).isEmpty()) {
        return shared.items(sequence).getFirst();
      }
    }
    return attributes;
  }

  private static double decimal(DataSet attributes, int tag, double absent) {
    try {
      double value = Double.parseDouble(attributes.string(tag).orElse("").strip());
      return Double.isFinite(value) ? value : absent;
    } catch (NumberFormatException _) {
      return absent;
    }
  }

  /// The pixel padding of a frame, or a value that no sample has.
  static long padding(DataSet attributes, boolean signed) {
    return attributes.element(0x00280120).orElse(null) instanceof Element.Value value
            && value.bytes().length >= 2
            && attributes.integer(Tag.BITS_ALLOCATED).orElse(0) == 16
        ? padding(value.bytes(), signed)
        : Long.MIN_VALUE;
  }

  private static long padding(byte[] bytes, boolean signed) {
    int value = (bytes[0] & 0xFF) | (bytes[1] & 0xFF) << 8;
    return signed ? (short) value : value;
  }

  /// Grey from 0 to 255.
  ///
  /// @param low the lowest, `high` the highest stored value of the frame
  int grey(double stored, double low, double high) {
    double grey = width > 0 ? windowed(stored * slope + intercept) : between(stored, low, high);
    int rounded = (int) Math.round(Math.clamp(grey, 0.0, 1.0) * 255);
    return inverse ? 255 - rounded : rounded;
  }

  private double between(double stored, double low, double high) {
    double grey = high > low ? (stored - low) / (high - low) : 0;
    return slope < 0 ? 1 - grey : grey;
  }

  private double windowed(double value) {
    return switch (function) {
      case LINEAR ->
          width <= 1
              ? (value > centre - 0.5 ? 1 : 0)
              : (value - (centre - 0.5)) / (width - 1) + 0.5;
      case LINEAR_EXACT -> (value - centre) / width + 0.5;
      case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - centre) / width));
    };
  }
}
