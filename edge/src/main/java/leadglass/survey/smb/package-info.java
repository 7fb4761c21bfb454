/// SMB as somebody without a name speaks it: a null session, the list of shares, and whether one of
/// them lets it in. No file is opened but the pipe that lists shares.
@NullMarked
package leadglass.survey.smb;

import org.jspecify.annotations.NullMarked;
