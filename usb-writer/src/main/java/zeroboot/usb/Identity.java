package zeroboot.usb;

/**
 * How the system tells this device from every other, also from one that comes later under the same
 * name.
 *
 * @param number {@code major:minor} on Linux, the disk's number elsewhere
 * @param sequence Linux's count of disks since it started; empty where it has none
 */
public record Identity(String number, String sequence) {}
