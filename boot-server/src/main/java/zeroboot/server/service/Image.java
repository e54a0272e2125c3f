package zeroboot.server.service;

/**
 * An image that was made, or a script.
 *
 * @param bytes not to be changed
 * @param imageId as people see it
 * @param tag strong: the image ID and the version of the program that made it
 * @param sha256 lower-case hexadecimal
 */
record Image(byte[] bytes, String imageId, String tag, String sha256) {}
