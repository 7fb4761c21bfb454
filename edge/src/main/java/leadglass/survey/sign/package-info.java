/// Signatures that stand beside the files of a check.
@NullMarked
package leadglass.survey.sign;

import org.jspecify.annotations.NullMarked;
