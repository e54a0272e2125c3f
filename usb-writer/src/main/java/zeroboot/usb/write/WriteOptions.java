package zeroboot.usb.write;

/**
 * How a device is written to.
 *
 * @param keepsSignatures leave what older contents left behind outside the image
 * @param checksCapacity find out first whether the device has the size that it states
 */
public record WriteOptions(boolean keepsSignatures, boolean checksCapacity) {}
