/** Management controllers to test with: they speak Redfish as six makers do, and lie as they do. */
@NullMarked
package zeroboot.testing.bmc;

import org.jspecify.annotations.NullMarked;
