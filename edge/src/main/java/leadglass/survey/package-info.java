/// What a check is: doors, probes, decisions, findings, grades.
@NullMarked
package leadglass.survey;

import org.jspecify.annotations.NullMarked;
