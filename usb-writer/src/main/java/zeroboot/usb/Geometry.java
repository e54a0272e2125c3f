package zeroboot.usb;

/**
 * Size and nature of a disk.
 *
 * @param size in bytes; 0 for a drive without a medium
 * @param blockSize the logical block, in bytes: what one write must be a multiple of
 * @param isRemovable whether the medium can be taken out, as the device itself says
 * @param isReadOnly whether the kernel or a switch forbids writing
 * @param isRotational whether it is a hard disk
 */
public record Geometry(
    long size, int blockSize, boolean isRemovable, boolean isReadOnly, boolean isRotational) {}
