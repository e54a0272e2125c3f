package zeroboot.usb.write;

/**
 * How a device is written to.
 *
 * @param keepSignatures leave what older contents left behind outside the image
 * @param checkCapacity find out first whether the device has the size that it states
 */
public record WriteOptions(boolean keepSignatures, boolean checkCapacity) {}
