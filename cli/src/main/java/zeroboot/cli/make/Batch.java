package zeroboot.cli.make;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import zeroboot.cli.console.ProgressBar;
import zeroboot.cli.keys.SigningKeys;
import zeroboot.cli.output.FolderTarget;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.image.BootImage;
import zeroboot.image.Form;
import zeroboot.image.ImageMaker;
import zeroboot.profile.Profile;
import zeroboot.script.BootScript;
import zeroboot.script.BootScripts;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;

/** Makes the images of many nodes, on all processors. */
final class Batch {
  private final IpxeCore core;
  private final List<Form> forms;
  private final FolderTarget target;
  private final ProgressBar progress;
  private final SigningKeys keys;
  private final ImageMaker maker;

  /** A maker of these forms into {@code target}. */
  Batch(
      IpxeCore core,
      List<Form> forms,
      FolderTarget target,
      SigningKeys keys,
      ProgressBar progress) {
    this.core = core;
    this.forms = forms;
    this.target = target;
    this.progress = progress;
    this.keys = keys;
    maker = new ImageMaker(core, keys.efiSigner());
  }

  /** A node and what it is told. */
  record Job(Profile.Node node, BootSpec spec) {}

  /** Makes everything; the first failure ends it. */
  BatchManifest run(List<Job> jobs) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<BatchManifest.Node>> running = new ArrayList<>();
      for (Job job : jobs) {
        running.add(executor.submit(() -> make(job)));
      }
      List<BatchManifest.Node> made = new ArrayList<>();
      for (Future<BatchManifest.Node> future : running) {
        made.add(await(future));
      }
      return new BatchManifest(core, List.copyOf(made));
    } finally {
      stop(executor);
    }
  }

  private BatchManifest.Node make(Job job) {
    Rack rack = Rack.of(job.spec());
    BootScript script = BootScripts.render(rack, core);
    List<BatchManifest.Image> images = new ArrayList<>();
    for (Form form : forms) {
      BootImage image = maker.make(form, rack, script);
      String file = form.fileName(rack);
      target.write(file, image.bytes());
      keys.signBeside(file, image.bytes(), target::write);
      images.add(
          new BatchManifest.Image(
              form.shown(), file, image.bytes().length, Sha256.hex(image.bytes())));
      progress.step();
    }
    return new BatchManifest.Node(
        job.node().mac(), job.spec(), script.imageId().shown(), List.copyOf(images));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** After a failure nobody may still be writing when the folder is removed. */
  private static void stop(ExecutorService executor) {
    executor.shutdownNow();
    boolean interrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
