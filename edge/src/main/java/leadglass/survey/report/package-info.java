/// A check on paper, on screen and for machines.
@NullMarked
package leadglass.survey.report;

import org.jspecify.annotations.NullMarked;
