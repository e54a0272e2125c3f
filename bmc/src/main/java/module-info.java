/**
 * Management controllers of servers, over Redfish: images into their virtual drives, one boot from
 * them, power. Knows no images and no commands.
 */
module zeroboot.bmc {
  requires static transitive org.jspecify;
  requires transitive com.google.gson;
  requires java.net.http;
  requires zeroboot.templates;

  exports zeroboot.bmc;
  exports zeroboot.bmc.link;
}
