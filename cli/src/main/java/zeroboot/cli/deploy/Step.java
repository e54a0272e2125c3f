package zeroboot.cli.deploy;

/** How far a node has come. The word is that of the JSON. */
enum Step {
  WAITS("waits for its turn"),
  CONNECTS("logs in to its controller"),
  INSERTS("puts the image into a virtual drive"),
  ORDERS("sets the boot order"),
  POWERS("switches the machine"),
  BOOTS("boots"),
  ADDRESS("loader has an address"),
  FETCHES("fetches the kernel"),
  FETCHED("has the kernel"),
  STARTED("kernel started"),
  EJECTS("takes the image out"),
  DONE("done"),
  LEFT_ALONE("left alone"),
  FAILED("failed");

  private final String shown;

  Step(String shown) {
    this.shown = shown;
  }

  String shown() {
    return shown;
  }

  /** Whether nothing more comes. */
  boolean isEnd() {
    return this == DONE || this == LEFT_ALONE || this == FAILED;
  }

  /** What a report says; the one before for a word that is none. */
  static Step reported(String word, Step before) {
    Step step =
        switch (word) {
          case "loader", "address" -> ADDRESS;
          case "kernel", "script" -> FETCHES;
          case "kernel-fetched", "script-fetched" -> FETCHED;
          case "started" -> STARTED;
          default -> before;
        };
    return step.compareTo(before) > 0 ? step : before;
  }
}
