package zeroboot.bmc;

import java.util.Optional;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.Session;

/** A way to put an image into a drive and to take it out. */
interface DriveWay {
  /** For people. */
  String name();

  /**
   * Asks for it.
   *
   * @param drive as read just now
   * @return the answer, which proves nothing; empty if the drive has no such way
   */
  Optional<Answer> insert(Session session, Resource drive, String url);

  /** Likewise. */
  Optional<Answer> eject(Session session, Resource drive);
}
