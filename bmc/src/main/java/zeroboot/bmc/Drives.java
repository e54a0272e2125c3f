package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

  private final Computer computer;
  private final Session session;

  Drives(Computer computer) {
    this.computer = computer;
    session = computer.session();
  }

  /** All that are listed, those of the system first; the likelier ones first among each. */
  public List<Drive> all() {
    List<Drive> drives = new ArrayList<>();
    for (Resource each : resources()) {
      drives.add(Drive.of(each, computer.maker()));
    }
    return drives;
  }

  /** The drive that is tried first. */
  Optional<Resource> firstCandidate() {
    return resources().stream()
        .filter(each -> Drive.of(each, computer.maker()).isCandidate())
        .findFirst();
  }

  private List<Resource> resources() {
    Map<String, Resource> found = new LinkedHashMap<>();
    for (Resource collection : collections()) {
      for (String path : Fields.links(collection.json(), "Members")) {
        found.computeIfAbsent(path, at -> Resource.read(session, at));
      }
    }
    List<Resource> sorted = new ArrayList<>(found.values());
    sorted.sort(Comparator.comparingInt(this::rank));
    return sorted;
  }

  /** CDs before sticks; at Lenovo those for addresses before those for a console. */
  private int rank(Resource resource) {
    Drive drive = Drive.of(resource, computer.maker());
    boolean usable =
        resource.json().has("Actions")
            || computer.maker() != Maker.LENOVO
            || drive.id().startsWith("EXT");
    return (usable ? 0 : 2) + (drive.isCd() ? 0 : 1);
  }

  private List<Resource> collections() {
    Set<String> paths = new LinkedHashSet<>();
    Fields.link(computer.system().json(), "VirtualMedia").ifPresent(paths::add);
    computer
        .readManagers()
        .forEach(each -> Fields.link(each.json(), "VirtualMedia").ifPresent(paths::add));
    return paths.stream().map(path -> Resource.read(session, path)).toList();
  }

  /** Supermicro's configurations, by which something gets into a drive that is not listed yet. */
  List<String> configurations() {
    List<String> paths = new ArrayList<>();
    for (Resource each : collections()) {
      Fields.link(Fields.object(each.json(), "Oem", "Supermicro"), "VirtualMediaConfig")
          .ifPresent(paths::add);
    }
    return paths;
  }

  /**
   * Puts an image into the first drive that takes it.
   *
   * @param url ends in {@code .iso}; its name is in no other address
   * @param certificate of the server, for a controller that checks it; PEM
   * @param isOurs whether an image that is in a drive may be thrown out, by its name
   * @return the drive as it reads then
   * @throws BmcException if none took it: says what each said
   */
  public Drive insert(String url, Optional<String> certificate, Predicate<String> isOurs) {
    List<String> said = new ArrayList<>();
    BmcException last = null;
    boolean occupied = false;
    for (Resource resource : resources()) {
      Drive drive = Drive.of(resource, computer.maker());
      if (!drive.isCandidate()) {
        continue;
      }
      if (drive.inserted() && drive.image().filter(isOurs).isEmpty()) {
        occupied = true;
        said.add(drive.id() + " holds " + drive.image().orElse("something that it does not name"));
        continue;
      }
      try {
        if (drive.inserted()) {
          eject(drive);
        }
        certificate.ifPresent(pem -> post(resource.again(session), pem));
        List<DriveWay> ways = new ArrayList<>(ACTIONS);
        configurations().forEach(path -> ways.add(new MountWay(path)));
        if (!hasInsert(resource)) {
          ways.add(new PatchWay());
        }
        Optional<Drive> held = insert(resource.again(session), ways, url, said);
        if (held.isPresent()) {
          return held.get();
        }
      } catch (BmcException e) {
        if (e.kind() != BmcException.Kind.REFUSED && e.kind() != BmcException.Kind.NO_EFFECT) {
          throw e;
        }
        last = e;
        said.add(drive.id() + ": " + e.getMessage());
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
    throw last != null && said.size() == 1 ? last : nothing(said, occupied);
  }

  private static boolean hasInsert(Resource drive) {
    return Fields.object(drive.json(), "Actions").has("#VirtualMedia.InsertMedia");
  }

  private static BmcException nothing(List<String> said, boolean occupied) {
    if (said.isEmpty()) {
      return BmcException.of(
          BmcException.Kind.CANNOT,
          "it shows no virtual drive that takes an image",
          "a licence for virtual media or newer firmware may be missing, or the user's right to"
              + " it");
    }
    return BmcException.of(
        occupied ? BmcException.Kind.OCCUPIED : BmcException.Kind.REFUSED,
        "no virtual drive took the image: " + String.join(" | ", said),
        occupied
            ? "zboot did not put that in: eject it yourself, or add --replace"
            : "the words are the controller's; its log may say more");
  }

  /** A drive that is there only once something was mounted. */
  private Optional<Drive> mountUnlisted(String url, List<String> said) {
    for (String path : configurations()) {
      Resource none = new Resource(path, new JsonObject(), Optional.empty());
      Optional<Answer> answer = ask(new MountWay(path), none, url);
      answer.filter(each -> !each.isGood()).ifPresent(each -> said.add(refusal("", each)));
      Optional<Drive> held =
          waitFor(() -> all().stream().filter(drive -> drive.holds(url)).findFirst());
      if (held.isPresent()) {
        return held;
      }
      said.add("it said that the image is mounted, and it is not");
    }
    return Optional.empty();
  }

  private String refusal(String drive, Answer answer) {
    return String.valueOf(
        session.refused(drive.isEmpty() ? "to mount" : drive, answer).getMessage());
  }

  private Optional<Drive> insert(
      Resource resource, List<DriveWay> ways, String url, List<String> said) {
    Drive drive = Drive.of(resource, computer.maker());
    for (DriveWay way : ways) {
      Optional<Answer> answer = ask(way, resource, url);
      if (answer.isEmpty()) {
        continue;
      }
      Answer known = answer.get();
      if (!known.isGood()) {
        BmcException refused = session.refused("to insert into " + drive.id(), known);
        if (known.status() == 403) {
          throw refused;
        }
        said.add(String.valueOf(refused.getMessage()));
        continue;
      }
      known.location().filter(path -> known.status() == 202).ifPresent(this::await);
      Optional<Drive> held =
          waitFor(
              () ->
                  Optional.of(Drive.of(resource.again(session), computer.maker()))
                      .filter(read -> read.holds(url)));
      if (held.isPresent()) {
        return held;
      }
      said.add(drive.id() + " said that it has it, and reads as empty");
    }
    return Optional.empty();
  }

  private void await(String task) {
    new Task(session, task).await(session.times().insert());
  }

  /** What it answers; where the connection broke, a good answer: the drive is looked at anyway. */
  private static Optional<Answer> ask(Session session, DriveWay way, Resource drive, String url) {
    try {
      return way.insert(session, drive, url);
    } catch (BmcException e) {
      if (ActionWay.isUnknown(e)) {
        return Optional.of(new Answer(200, Map.of(), ""));
      }
      throw e;
    }
  }

  private Optional<Answer> ask(DriveWay way, Resource drive, String url) {
    return ask(session, way, drive, url);
  }

  private interface Look {
    Optional<Drive> look();
  }

  private Optional<Drive> waitFor(Look look) {
    long deadline = System.nanoTime() + session.times().power().toNanos() / 2;
    while (true) {
      Optional<Drive> seen = look.look();
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
      Optional<Answer> answer;
      try {
        answer = way.eject(session, resource.again(session));
      } catch (BmcException e) {
        if (!ActionWay.isUnknown(e)) {
          throw e;
        }
        answer = Optional.of(new Answer(200, Map.of(), ""));
      }
      answer
          .filter(each -> !each.isGood())
          .ifPresent(each -> said.add(refusal("to eject " + drive.id(), each)));
      boolean asked = answer.filter(Answer::isGood).isPresent();
      if (asked && waitFor(() -> gone(resource)).isPresent()) {
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
    return Optional.of(Drive.of(resource.again(session), computer.maker()))
        .filter(read -> !read.inserted());
  }
}
