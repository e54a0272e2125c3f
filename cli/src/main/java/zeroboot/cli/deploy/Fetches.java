package zeroboot.cli.deploy;

/** Who read how much of a node's image, for the verdict. The node guards it. */
final class Fetches {
  private static final int KIBI = 1024;

  private long bytes;
  private long sinceBoot;
  private String last = "";

  void gave(String to, long count) {
    bytes += count;
    sinceBoot += count;
    last = to;
  }

  /** The machine is about to be switched on. */
  void boots() {
    sinceBoot = 0;
  }

  /** All that was given. */
  long bytes() {
    return bytes;
  }

  boolean isRead() {
    return sinceBoot > 0;
  }

  /** For people. */
  String said(String url) {
    if (bytes == 0) {
      return "nobody ever fetched " + url;
    }
    return sinceBoot == 0
        ? "since it was switched on nothing was read from the drive"
        : last + " read " + sinceBoot / KIBI + " KiB of the image since it was switched on";
  }

  /** The address that the controller was told, and whether it ever asked there. */
  String offered(String url) {
    return url + ", which " + (bytes == 0 ? "nobody ever fetched" : last + " fetched");
  }
}
