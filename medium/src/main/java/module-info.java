/** The one judge of media: makes a medium anew from what it says and compares. */
module zeroboot.medium {
  requires static transitive org.jspecify;
  requires transitive zeroboot.image;
  requires transitive zeroboot.signing;

  exports zeroboot.medium;
}
