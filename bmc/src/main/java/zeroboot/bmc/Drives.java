package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/**
 * The virtual drives of a computer. Which of them takes an address shows only when one is offered:
 * they are tried in turn until one reads back as holding it.
 */
public final class Drives {
  private static final List<DriveWay> ACTIONS =
      List.of(ActionWay.STANDARD, ActionWay.ILO_5, ActionWay.ILO_4);

  /** How often it is asked where the connection broke and nothing was done. */
  private static final int TRIES = 2;

  private final DriveList list;
  private final Session session;

  Drives(Computer computer) {
    list = new DriveList(computer);
    session = computer.session();
  }

  /** All that are listed, those of the system first; the likelier ones first among each. */
  public List<Drive> all() {
    return list.resources().stream().map(list::drive).toList();
  }

  /** The drive that is tried first. */
  Optional<Resource> firstCandidate() {
    return list.resources().stream().filter(each -> list.drive(each).isCandidate()).findFirst();
  }

  List<String> configurations() {
    return list.configurations();
  }

  /**
   * Puts an image into the first drive that takes it. What may go is taken out of the drives first;
   * if anything else is in one that a machine could boot from, nothing is changed: with two media,
   * nobody knows which one boots.
   *
   * @param url ends in {@code .iso}; its name is in no other address
   * @param certificate of the server, for a controller that checks it; PEM
   * @param mayGo whether what is in a drive may be thrown out, by its name; an empty one if it does
   *     not tell
   * @return the drive as it reads then
   * @throws BmcException if none took it: says what each said
   */
  public Drive insert(String url, Optional<String> certificate, Predicate<String> mayGo) {
    List<Resource> candidates =
        list.resources().stream().filter(each -> list.drive(each).isCandidate()).toList();
    requireFree(candidates, mayGo);
    for (Resource each : candidates) {
      Drive drive = list.drive(each);
      if (drive.inserted()) {
        eject(drive);
      }
    }
    List<String> said = new ArrayList<>();
    BmcException last = null;
    for (Resource resource : candidates) {
      try {
        certificate.ifPresent(pem -> post(resource.again(session), pem));
        Optional<Drive> held = insert(resource.again(session), url, said);
        if (held.isPresent()) {
          return held.get();
        }
      } catch (BmcException e) {
        if (e.kind() != BmcException.Kind.REFUSED && e.kind() != BmcException.Kind.NO_EFFECT) {
          throw e;
        }
        last = e;
        said.add(list.drive(resource).id() + ": " + e.getMessage());
        if (e.status() == 403) {
          break; // the right or the licence is missing for all of them
        }
      }
    }
    if (said.isEmpty()) {
      Optional<Drive> mounted = mountUnlisted(url, said);
      if (mounted.isPresent()) {
        return mounted.get();
      }
    }
    throw last != null && said.size() == 1 ? last : nothing(said);
  }

  private void requireFree(List<Resource> candidates, Predicate<String> mayGo) {
    List<String> held = new ArrayList<>();
    for (Resource each : candidates) {
      Drive drive = list.drive(each);
      if (drive.inserted() && !mayGo.test(drive.image().orElse(""))) {
        held.add(drive.id() + " holds " + drive.image().orElse("something that it does not name"));
      }
    }
    if (!held.isEmpty()) {
      throw BmcException.of(
          BmcException.Kind.OCCUPIED,
          String.join(" | ", held),
          "zboot did not put that in: eject it yourself, or add --replace");
    }
  }

  private static BmcException nothing(List<String> said) {
    return said.isEmpty()
        ? BmcException.of(
            BmcException.Kind.CANNOT,
            "it shows no virtual drive that takes an image",
            "a licence for virtual media or newer firmware may be missing, or the user's right to"
                + " it")
        : BmcException.of(
            BmcException.Kind.REFUSED,
            "no virtual drive took the image: " + String.join(" | ", said),
            "the words are the controller's; its log may say more");
  }

  /** A drive that is there only once something was mounted. */
  private Optional<Drive> mountUnlisted(String url, List<String> said) {
    for (String path : configurations()) {
      Resource none = new Resource(path, new JsonObject(), Optional.empty());
      Optional<Drive> held =
          tried(
              new MountWay(path),
              none,
              url,
              "the drive",
              said,
              () -> all().stream().filter(drive -> drive.holds(url)).findFirst());
      if (held.isPresent()) {
        return held;
      }
    }
    return Optional.empty();
  }

  private Optional<Drive> insert(Resource resource, String url, List<String> said) {
    List<DriveWay> ways = new ArrayList<>(ACTIONS);
    configurations().forEach(path -> ways.add(new MountWay(path)));
    if (!Fields.object(resource.json(), "Actions").has("#VirtualMedia.InsertMedia")) {
      ways.add(new PatchWay());
    }
    for (DriveWay way : ways) {
      Optional<Drive> held =
          tried(
              way,
              resource,
              url,
              list.drive(resource).id(),
              said,
              () -> Optional.of(list.again(resource)).filter(read -> read.holds(url)));
      if (held.isPresent()) {
        return held;
      }
    }
    return Optional.empty();
  }

  /**
   * One way. Where the connection breaks, the drive is looked at, and the way tried once more if
   * nothing is in it: what was done is never done twice.
   */
  private Optional<Drive> tried(
      DriveWay way,
      Resource resource,
      String url,
      String name,
      List<String> said,
      Supplier<Optional<Drive>> look) {
    for (int i = 0; i < TRIES; i++) {
      boolean isUnknown = false;
      try {
        Optional<Answer> answer = way.insert(session, resource, url);
        if (answer.isEmpty()) {
          return Optional.empty();
        }
        Answer known = answer.get();
        if (!known.isGood()) {
          BmcException refused = session.refused("to insert into " + name, known);
          if (known.status() == 403) {
            throw refused;
          }
          said.add(String.valueOf(refused.getMessage()));
          return Optional.empty();
        }
        known.location().filter(path -> known.status() == 202).ifPresent(this::await);
      } catch (BmcException e) {
        if (!ActionWay.isUnknown(e)) {
          throw e;
        }
        isUnknown = true;
      }
      Optional<Drive> held = waitFor(look);
      if (held.isPresent()) {
        return held;
      }
      if (!isUnknown) {
        break;
      }
    }
    said.add(name + " said that it has the image, and reads as empty");
    return Optional.empty();
  }

  private void await(String task) {
    new Task(session, task).await(session.times().insert());
  }

  private Optional<Drive> waitFor(Supplier<Optional<Drive>> look) {
    long deadline = System.nanoTime() + session.times().power().toNanos() / 2;
    while (true) {
      Optional<Drive> seen = look.get();
      if (seen.isPresent() || System.nanoTime() > deadline) {
        return seen;
      }
      session.times().pause();
    }
  }

  /** Gives a drive the certificate of the image's server (schema VirtualMedia 1.4). */
  private void post(Resource drive, String pem) {
    Fields.link(drive.json(), "Certificates")
        .ifPresent(
            path -> {
              JsonObject body = new JsonObject();
              body.addProperty("CertificateString", pem);
              body.addProperty("CertificateType", "PEM");
              Answer answer = session.post(path, body);
              if (!answer.isGood()) {
                throw session.refused("to take the certificate of the image's server", answer);
              }
            });
  }

  /**
   * Takes out what is in a drive, and waits until it is gone.
   *
   * @throws BmcException if it stays
   */
  public void eject(Drive drive) {
    Resource resource = Resource.read(session, drive.path());
    List<DriveWay> ways = new ArrayList<>();
    configurations().forEach(path -> ways.add(new MountWay(path)));
    ways.addAll(ACTIONS);
    ways.add(new PatchWay());
    List<String> said = new ArrayList<>();
    for (DriveWay way : ways) {
      boolean isAsked;
      try {
        Optional<Answer> answer = way.eject(session, resource.again(session));
        answer
            .filter(each -> !each.isGood())
            .map(each -> session.refused("to eject " + drive.id(), each))
            .ifPresent(refused -> said.add(String.valueOf(refused.getMessage())));
        isAsked = answer.filter(Answer::isGood).isPresent();
      } catch (BmcException e) {
        if (!ActionWay.isUnknown(e)) {
          throw e;
        }
        isAsked = true;
      }
      if (isAsked && waitFor(() -> gone(resource)).isPresent()) {
        return;
      }
    }
    throw BmcException.of(
        BmcException.Kind.NO_EFFECT,
        "what is in "
            + drive.id()
            + " ("
            + drive.image().orElse("unnamed")
            + ") cannot be taken out"
            + (said.isEmpty() ? ", whatever it says" : ": " + String.join(" | ", said)),
        "eject it in the controller's web page");
  }

  private Optional<Drive> gone(Resource resource) {
    return Optional.of(list.again(resource)).filter(read -> !read.inserted());
  }
}
