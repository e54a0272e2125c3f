package zeroboot.testing.bmc;

/** What goes wrong at a controller; each has been reported of a real one. */
public enum Fault {
  /** Every answer takes a third of a second longer. */
  SLOW,
  /** The first requests after the login are answered with 503 and a time to wait. */
  BUSY,
  /** To insert is a success, and nothing is in the drive. */
  INSERT_WITHOUT_EFFECT,
  /** The one-time boot reads back, and is forgotten before the machine boots. */
  OVERRIDE_FORGOTTEN,
  /** To reset is a success, and nothing happens. */
  RESET_WITHOUT_EFFECT,
  /** An image from before is in the drive. */
  STALE_IMAGE,
  /** After an eject the old image reads back for three more times. */
  SLOW_EJECT,
  /** Others hold all sessions but one. */
  ONE_SESSION_LEFT,
  /** Others hold all sessions. */
  NO_SESSION_LEFT,
  /** The token is worth nothing after some requests, once. */
  TOKEN_LOST,
  /** The connection is cut after an insert was done. */
  CUT_AFTER_INSERT,
  /** The connection is cut before an insert is done, which is not done then. */
  CUT_BEFORE_INSERT,
  /** The connection is cut after an eject was done. */
  CUT_AFTER_EJECT,
  /** The connection is cut after a power action was done. */
  CUT_AFTER_RESET,
  /** The connection is cut before a power action is done, which is not done then. */
  CUT_BEFORE_RESET,
  /** Somebody switches the machine on by hand, right after an image was inserted. */
  OTHERS_SWITCH_ON,
  /** Another system, with a manager of its own, stands behind the same controller. */
  TWO_SYSTEMS,
  /** Neither system nor manager tells which belongs to which. */
  UNLINKED_MANAGERS,
  /** The next boot is set in a resource of its own, and nowhere else (AMI). */
  BOOT_SET_APART,
  /** Likewise, and the other one takes changes and forgets them. */
  BOOT_SET_APART_SILENTLY,
  /** Every answer but that to a login is 503, with a time to wait. */
  ALWAYS_BUSY,
  /** The machine is in its self-test: the first changes of the boot order are refused. */
  IN_POST,
  /** The licence for virtual media is missing. */
  NO_LICENCE,
  /** The user may look and change nothing. */
  NO_PRIVILEGE,
  /** The image's address cannot be reached from the controller's network. */
  IMAGE_UNREACHABLE,
  /** It says that its resources are at another address now. */
  SENDS_ELSEWHERE,
  /** Everything but the root answers in plain text with 500. */
  BROKEN,
  /** It gives weak tags and takes none. */
  WEAK_TAG_REFUSED,
  /** The drive keeps what is in it, whatever is asked. */
  STUCK_DRIVE
}
