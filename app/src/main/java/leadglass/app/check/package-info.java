/// `leadglass check`: what is to be looked at, and how it is told. Needs no archive.
@NullMarked
package leadglass.app.check;

import org.jspecify.annotations.NullMarked;
