/// DICOM as a stranger speaks it: associations and questions whose answers' values are skipped.
@NullMarked
package leadglass.survey.dicom;

import org.jspecify.annotations.NullMarked;
