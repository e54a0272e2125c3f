/** Profiles: settings in a YAML file, for one node or a rack of them. */
@NullMarked
package zeroboot.profile;

import org.jspecify.annotations.NullMarked;
