/// The one place that decides what a log line may hold: typed events of the rooms, and of libraries
/// only which one spoke and how loud.
@NullMarked
package leadglass.app.log;

import org.jspecify.annotations.NullMarked;
