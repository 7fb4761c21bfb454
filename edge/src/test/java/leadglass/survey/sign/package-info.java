@NullMarked
package leadglass.survey.sign;

import org.jspecify.annotations.NullMarked;
