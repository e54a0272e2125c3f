package zeroboot.cli.guide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zeroboot.cli.console.Dialogue;
import zeroboot.script.LargeDigits;
import zeroboot.spec.FixedAddress;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.Setting;

/** Whose node it is, and how it gets onto the network. */
final class NodeQuestions {
  private static final String NONE = "none";
  private static final String DHCP = "dhcp";

  private final Dialogue dialogue;
  private final Surroundings here;
  private final Answers answers;
  private boolean isSpecial;

  NodeQuestions(Dialogue dialogue, Surroundings here, Answers answers) {
    this.dialogue = dialogue;
    this.here = here;
    this.answers = answers;
  }

  /** In the order in which they are asked. */
  List<Interview.Step> steps() {
    List<Interview.Step> steps = new ArrayList<>();
    steps.add(this::askFarm);
    steps.add(this::askWhetherItIsRight);
    steps.add(
        () ->
            ask(
                Setting.NETWORK,
                null,
                "Every farm belongs to one of the four ThreeFold grids. Farms that earn are on"
                    + " main; the others are for trying things out. The address of the dashboard"
                    + " that shows your farm says which one it is."));
    steps.add(this::askWhetherItIsSpecial);
    steps.add(
        special(
            Setting.VLAN,
            NONE,
            "The number of the VLAN, if the network's switch hands it to the node tagged. Whoever"
                + " set up the switch knows it. none where you never heard of VLANs."));
    steps.add(
        special(
            Setting.INTERFACE,
            null,
            "auto tries every card, and that is right nearly always. net0 is the first card that"
                + " the node finds, net1 the next; a MAC address, like 52:54:00:12:34:56, names one"
                + " for good."));
    steps.add(
        special(
            Setting.ADDRESS,
            null,
            "dhcp: the router gives the node an address. A fixed one is written with the size of"
                + " its network behind a slash: /24 stands for the mask 255.255.255.0. It is for"
                + " fetching the kernel; Zero-OS asks for an address again when it starts."));
    steps.add(fixed(this::askGateway));
    steps.add(fixed(this::askDns));
    return steps;
  }

  private void askFarm() {
    String help =
        "The number of your farm, like 4242. The dashboard shows it under Farms, beside the farm's"
            + " name. A node with a wrong number joins somebody else's farm.";
    String kept = answers.of(Setting.FARM_ID).orElse(null);
    String farm =
        dialogue.ask(
            new Dialogue.Question(question(Setting.FARM_ID), kept, help),
            answer -> canonical(Setting.FARM_ID, ungrouped(answer)));
    answers.keep(Setting.FARM_ID, List.of(farm));
  }

  /** People copy 4,242 and #4242 from where they see it; the next question shows what is meant. */
  static String ungrouped(String answer) {
    String number = answer.startsWith("#") ? answer.substring(1) : answer;
    return number.matches("\\d{1,3}([,.'\u2019 \u00a0\u202f]\\d{3})+")
        ? number.replaceAll("\\D", "")
        : number;
  }

  private void askWhetherItIsRight() {
    String farm = answers.of(Setting.FARM_ID).orElseThrow();
    dialogue.say("");
    dialogue.sayPicture(LargeDigits.plainRows(farm));
    dialogue.say("");
    boolean isRight =
        dialogue.isYes(
            "Is " + farm + " your farm",
            true,
            "The node shows the number in the same large digits when it starts. no asks for the"
                + " number again.");
    if (!isRight) {
      throw new Dialogue.Back();
    }
  }

  /** Only where DHCP on the untagged network will not do. */
  private void askWhetherItIsSpecial() {
    isSpecial =
        dialogue.isYes(
            "Does the node need a VLAN, a fixed address or a certain network card",
            isSpecial,
            "Most do not: the router gives them an address (DHCP), like any other computer. Answer"
                + " no if you do not know what this is about.");
    if (!isSpecial) {
      List.of(Setting.VLAN, Setting.INTERFACE, Setting.ADDRESS).forEach(answers::drop);
      dropRouter();
    }
  }

  private Interview.Step special(Setting setting, @Nullable String none, String help) {
    return new Interview.Step() {
      @Override
      public boolean isAsked() {
        return isSpecial;
      }

      @Override
      public void ask() {
        NodeQuestions.this.ask(setting, none, help);
        if (setting == Setting.ADDRESS && !isRouterInReach()) {
          dropRouter();
        }
      }
    };
  }

  private Interview.Step fixed(Runnable question) {
    return new Interview.Step() {
      @Override
      public boolean isAsked() {
        return isSpecial && !address().equals(DHCP);
      }

      @Override
      public void ask() {
        question.run();
      }
    };
  }

  private void ask(Setting setting, @Nullable String none, String help) {
    String otherwise = none == null ? setting.otherwise().orElseThrow() : none;
    String answer =
        dialogue.ask(
            new Dialogue.Question(question(setting), answers.of(setting).orElse(otherwise), help),
            word -> word.equals(none) ? word : canonical(setting, word));
    if (answer.equals(none)) {
      answers.drop(setting);
    } else {
      answers.keep(setting, List.of(answer));
    }
  }

  private void askGateway() {
    String likely = here.likelyGateway(FixedAddress.parse(address())).toString();
    String help =
        "The router's address: by it the node reaches the servers that have the kernel. In most"
            + " networks it is the first one, like 192.168.1.1; a computer there shows it as its"
            + " own gateway or router.";
    dialogue.ask(
        new Dialogue.Question(
            question(Setting.GATEWAY), answers.of(Setting.GATEWAY).orElse(likely), help),
        answer -> {
          String before = answers.of(Setting.GATEWAY).orElse(likely);
          answers.keep(Setting.GATEWAY, List.of(canonical(Setting.GATEWAY, answer)));
          try {
            return answers.spec();
          } catch (RuntimeException e) {
            answers.keep(Setting.GATEWAY, List.of(before));
            throw e;
          }
        });
  }

  private void askDns() {
    String router = answers.of(Setting.GATEWAY).orElseThrow();
    String help =
        "Who tells the node the addresses behind names like bootstrap.grid.tf. Most routers do that"
            + " themselves. Two of them are written with a blank in between.";
    List<String> servers =
        dialogue.ask(
            new Dialogue.Question(
                question(Setting.DNS), answers.of(Setting.DNS).orElse(router), help),
            answer ->
                List.of(answer.split("[ ,]+")).stream()
                    .map(one -> canonical(Setting.DNS, one))
                    .distinct()
                    .toList());
    answers.keep(Setting.DNS, servers);
  }

  private boolean isRouterInReach() {
    return !address().equals(DHCP)
        && answers
            .of(Setting.GATEWAY)
            .map(router -> Ipv4Address.parse("gateway", router))
            .filter(FixedAddress.parse(address())::reaches)
            .isPresent();
  }

  private void dropRouter() {
    answers.drop(Setting.GATEWAY);
    answers.drop(Setting.DNS);
  }

  private String address() {
    return answers.of(Setting.ADDRESS).orElse(DHCP);
  }

  private static String canonical(Setting setting, String answer) {
    return setting.type().canonical().apply(answer);
  }

  private static String question(Setting setting) {
    return setting.question().orElseThrow(() -> new IllegalStateException(setting.key()));
  }
}
