package zeroboot.bmc;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.Set;
import zeroboot.bmc.link.Answer;
import zeroboot.bmc.link.BmcException;
import zeroboot.bmc.link.Fields;
import zeroboot.bmc.link.Session;

/**
 * iDRAC's own boot order: a piece of its configuration is imported as a job. The standard's
 * override is taken there, reads back, and is forgotten before the machine boots.
 *
 * @param target of the action
 */
record DellImport(Session session, String target) {
  private static final String ONCE =
      "<SystemConfiguration><Component FQDD=\"iDRAC.Embedded.1\">"
          + "<Attribute Name=\"ServerBoot.1#BootOnce\">Enabled</Attribute>"
          + "<Attribute Name=\"ServerBoot.1#FirstBootDevice\">VCD-DVD</Attribute>"
          + "</Component></SystemConfiguration>";

  /** The action, where the controller shows it; its name differs between generations. */
  static Optional<DellImport> of(Computer computer) {
    if (computer.maker() != Maker.DELL) {
      return Optional.empty();
    }
    for (Resource manager : computer.readManagers()) {
      JsonObject oem = Fields.object(manager.json(), "Actions", "Oem");
      Set<String> names = oem.keySet();
      for (String name : names) {
        Optional<String> target = Fields.text(Fields.object(oem, name), "target");
        if (name.endsWith("Manager.ImportSystemConfiguration") && target.isPresent()) {
          return Optional.of(new DellImport(computer.session(), target.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** What was set; empty if the job was refused and another way may do. */
  Optional<String> bootOnce() {
    JsonObject scope = new JsonObject();
    scope.addProperty("Target", "ALL");
    JsonObject body = new JsonObject();
    body.addProperty("ImportBuffer", ONCE);
    body.add("ShareParameters", scope);
    Answer answer = accepted(body);
    if (!answer.isGood()) {
      return Optional.empty();
    }
    String task =
        answer
            .location()
            .or(() -> Fields.text(answer.json(), "@odata.id"))
            .orElseThrow(
                () ->
                    BmcException.of(
                        BmcException.Kind.NO_EFFECT,
                        "it took the job for the boot order, and does not say where it is",
                        "look at its job queue"));
    new Task(session, task).await(session.times().busy());
    return Optional.of("once from VCD-DVD");
  }

  /** Another job that is still pending refuses this one for a while. */
  private Answer accepted(JsonObject body) {
    long deadline = System.nanoTime() + session.times().busy().toNanos();
    while (true) {
      Answer answer = session.post(target, body);
      boolean pending =
          !answer.isGood()
              && session
                  .refused("", answer)
                  .trouble()
                  .filter(said -> said.is("RAC0679", "LC068", "SYS406"))
                  .isPresent();
      if (!pending || System.nanoTime() > deadline) {
        return answer;
      }
      session.times().pause();
    }
  }
}
