package zeroboot.server.nodes;

/** Hears who fetches images, and what nodes report. Called in the web server's threads. */
public interface ImageListener {
  /** The path under which nodes report, each under its name. */
  String REPORT = "/report/";

  /**
   * Somebody was given bytes of an image.
   *
   * @param image its name
   * @param from the address that asked
   * @param bytes 0 if the size alone was asked for
   */
  void gave(String image, String from, long bytes);

  /**
   * A node told something.
   *
   * @param path behind {@link #REPORT}, as its image was told
   * @param from the address that told it
   */
  void reported(String path, String from, Report report);
}
