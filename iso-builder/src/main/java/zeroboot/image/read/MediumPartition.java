package zeroboot.image.read;

/**
 * One partition of a medium.
 *
 * @param number as systems count them, from 1; unused ones count too
 * @param type for people: {@code EFI system}, {@code FAT12}, …
 * @param isEfiSystem whether UEFI firmware looks there for what to start
 * @param isActive whether a BIOS is to start it
 * @param offset in bytes
 * @param length in bytes
 */
public record MediumPartition(
    int number, String type, boolean isEfiSystem, boolean isActive, long offset, long length) {}
