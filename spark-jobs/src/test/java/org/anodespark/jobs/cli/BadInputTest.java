/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.anodespark.jobs.failure.ExitCode.GAVE_UP;
import static org.anodespark.jobs.failure.ExitCode.PREFLIGHT_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.anodespark.jobs.data.CifarFiles;
import org.anodespark.jobs.data.WatchedHdfs;
import org.anodespark.jobs.files.Sha256;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.run.RunRecorder;
import org.anodespark.jobs.testing.FullFileSystem;
import org.anodespark.jobs.testing.Latches;
import org.anodespark.jobs.testing.TinyImages;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad input of all kinds, given as users give it, ends with the documented exit code
 * (docs/configuration.md) and one sentence, and nothing that was there before is lost.
 *
 * <p>The sentences are whole: each names the value, what was expected, and what to do. In the table
 * {@code FOLDER} stands for the folder in which all files are, {@code HDFS} for the address of a
 * file system, {@code SERVER} for that of a web server. In {@code FOLDER} there are, anew for every
 * row,
 *
 * <ul>
 *   <li>{@code data}: 40 train images in shards of 25 and 15, 20 test images in one;
 *   <li>{@code hundred}: shards of CIFAR-100's layout;
 *   <li>{@code cifar.tar.gz}: an archive of CIFAR-10's layout;
 *   <li>{@code begun}: a run that ended after its first epoch, with two checkpoints;
 *   <li>{@code trained}: the same run, finished;
 *   <li>{@code tiny.zip}: a network for images of 4x5 pixels, of three classes.
 * </ul>
 *
 * <p>Each row runs in this process, by launcher and driver, on a local Spark. What needs processes
 * of its own is in {@code GpuClusterIT} (workers too small for an executor), {@code
 * KilledProcessesIT} and {@code SubmitScriptIT} (no Java, no Spark, a failed build).
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BadInputTest {
  /** What is left as it is in these tests, on one thread, as small as can be. */
  private static final String PROFILE =
      """
      spark {
        master = "local[1]"
        conf { spark.ui.enabled = false, spark.hadoop.FULL_PROPERTY = FULL_CLASS }
      }
      data { builtin { train = 40, test = 20 }, records-per-shard = 25 }
      model { widths = [2, 2, 2], block.steps = 1 }
      train { epochs = 2, batch-size = 10 }
      averaging { workers = 2, frequency = 1 }
      evaluate.batch-size = 10
      predict.batch-size = 10
      run.takeover-seconds = 1
      """
          .replace("FULL_PROPERTY", FullFileSystem.PROPERTY)
          .replace("FULL_CLASS", FullFileSystem.class.getName());

  private static final String HDFS_CLIENT =
      " --set spark.conf.spark.hadoop.ipc.client.connect.max.retries=1"
          + " --set spark.conf.spark.hadoop.ipc.client.connect.retry.interval=100"
          + " --set spark.conf.spark.hadoop.dfs.client.retry.window.base=10"
          + " --set spark.conf.spark.hadoop.dfs.replication=1"
          + " --set spark.conf.spark.hadoop.fs.hdfs.impl.disable.cache=true"
          + " --set spark.conf.spark.hadoop.fs.hdfs.impl="
          + WatchedHdfs.class.getName();

  @TempDir static Path temp;

  private static Path folder;
  private static Path kept;
  private static CommandInProcess command;
  private static HttpServer server;
  private static MiniDFSCluster cluster;

  // ---- the table

  static Stream<BadInput> commandLine() {
    return Stream.of(
        BadInput.of("no job", "--dry-run")
            .isRefused(
                "No job is given: expected one of prepare, check, train, experiment, sweep, evaluate, predict, export, report, doctor."),
        BadInput.of("unknown job, near miss", "trian")
            .isRefused(
                "Unknown job trian (did you mean train?): expected one of prepare, check, train, experiment, sweep, evaluate, predict, export, report, doctor."),
        BadInput.of("unknown job", "bake")
            .isRefused(
                "Unknown job bake: expected one of prepare, check, train, experiment, sweep, evaluate, predict, export, report, doctor."),
        BadInput.of("a word too many", "train extra")
            .isRefused(
                "Unmatched argument at index 1: 'extra': ./submit.sh --help shows what can be given."),
        BadInput.of("unknown option", "train --sett a=b")
            .isRefused(
                "Unknown options: '--sett', 'a=b': ./submit.sh --help shows what can be given."),
        BadInput.of("option without its value", "train --conf")
            .isRefused(
                "Missing required parameter for option '--conf' (FILE): ./submit.sh --help shows what can be given."),
        BadInput.of("unknown profile", "train --profile here")
            .isRefused(
                "Unknown profile here: expected one of local, the files in HOME/conf/profiles."),
        BadInput.of("missing configuration file", "train --conf FOLDER/none.conf")
            .isRefused(
                "The configuration file FOLDER/none.conf is not a file that can be read: expected a HOCON file, as conf/reference.conf is; see what --conf names."),
        BadInput.of("folder as configuration file", "train --conf FOLDER/data")
            .isRefused(
                "The configuration file FOLDER/data is not a file that can be read: expected a HOCON file, as conf/reference.conf is; see what --conf names."),
        BadInput.of("syntax error in a configuration file", "train --conf FOLDER/my.conf")
            .after(at -> Files.writeString(at.resolve("my.conf"), "train {\n  epochs = [1\n}\n"))
            .isRefused("The configuration cannot be read: FOLDER/my.conf: 3: <any>."),
        BadInput.of("substitution of nothing", "train --conf FOLDER/my.conf")
            .after(at -> Files.writeString(at.resolve("my.conf"), "seed = ${none}\n"))
            .isRefused(
                "The configuration cannot be read: FOLDER/my.conf: 1: Could not resolve substitution to a value: ${none}."),
        BadInput.of("override without a value", "train --set seed")
            .isRefused("--set seed: expected KEY=VALUE."),
        BadInput.of("syntax error in an override", "train --set model.widths=[1,2")
            .isRefused("--set model.widths=[1,2 cannot be read: <any>."));
  }

  static Stream<BadInput> settings() {
    return Stream.of(
        BadInput.of("unknown setting, near miss", "train --set train.epoch=1")
            .isRefused("Unknown setting train.epoch (--set): did you mean train.epochs?"),
        BadInput.of("unknown setting in a file", "train --conf FOLDER/my.conf")
            .after(at -> Files.writeString(at.resolve("my.conf"), "\nnonsense.here = 1\n"))
            .isRefused(
                "Unknown setting nonsense.here (FOLDER/my.conf, line 2): conf/reference.conf lists every setting."),
        BadInput.of("value in the place of a section", "train --set model.block.adaptive=tight")
            .isRefused("model.block.adaptive is tight (--set): expected a section."),
        BadInput.of("setting without a value", "train --conf FOLDER/my.conf")
            .after(at -> Files.writeString(at.resolve("my.conf"), "train.epochs = null\n"))
            .isRefused("train.epochs is null: expected a whole number of at least 1."),
        BadInput.of("text in the place of a number", "train --set train.epochs=five")
            .isRefused("train.epochs is five (--set): expected a whole number of at least 1."),
        BadInput.of("fraction in the place of a whole number", "train --set train.batch-size=1.5")
            .isRefused("train.batch-size is 1.5 (--set): expected a whole number of at least 1."),
        BadInput.of("number in the place of a list", "train --set model.widths=16")
            .isRefused(
                "model.widths is 16 (--set): expected a list of 3 whole numbers of at least 1."),
        BadInput.of("number in the place of a flag", "train --set data.augment.flip=1")
            .isRefused("data.augment.flip is 1 (--set): expected true or false."),
        BadInput.of("number below its range", "train --set averaging.workers=0")
            .isRefused("averaging.workers is 0 (--set): expected a whole number of at least 1."),
        BadInput.of("number above its range", "train --set optimizer.momentum=1")
            .isRefused(
                "optimizer.momentum is 1 (--set): expected a number from 0 to 1, 1 excluded."),
        BadInput.of("number that is none", "train --set optimizer.learning-rate=NaN")
            .isRefused("optimizer.learning-rate is NaN (--set): expected a number above 0."),
        BadInput.of("unknown choice", "train --set model.block.solver=rk5")
            .isRefused(
                "model.block.solver is rk5 (--set): expected one of euler, midpoint, heun, ralston, kutta3, rk4, three-eighths, heun-euler, bogacki-shampine, dormand-prince, tsitouras, leapfrog, reversible-heun, backward-euler, crank-nicolson."),
        BadInput.of("unknown master", "train --master here")
            .isRefused(
                "spark.master is here (--set): expected nothing, local[N], local-cluster[EXECUTORS,CORES,MEBIBYTES], spark://HOST:PORT, yarn or k8s://URL."),
        BadInput.of("property that Spark has not", "train --set spark.conf.eventLog.enabled=true")
            .isRefused(
                "spark.conf.eventLog.enabled (--set) is no property of Spark: expected a full name as in spark.conf.spark.eventLog.enabled."),
        BadInput.of("source without a place for its shards", "prepare --set data.source=/cifar")
            .isRefused(
                "data.path is empty: expected the folder of the shards, which has a default only while data.source is builtin or download, and data.source is \"/cifar\"."));
  }

  static Stream<BadInput> combinations() {
    return Stream.of(
        BadInput.of(
                "adaptive steps without an estimate of errors", "train --set model.block.steps=0")
            .isRefused(
                "model.block.solver = euler, model.block.steps = 0 and model.block.adjoint = anode do not work together: <any>."),
        BadInput.of(
                "undoing steps that cannot be undone", "train --set model.block.adjoint=reversible")
            .isRefused(
                "model.block.solver = euler, model.block.steps = 1 and model.block.adjoint = reversible do not work together: <any>."),
        BadInput.of(
                "interpolating without an estimate of errors",
                "train --set model.block.adjoint=interpolated")
            .isRefused(
                "model.block.solver = euler, model.block.steps = 1 and model.block.adjoint = interpolated do not work together: <any>."),
        BadInput.of(
                "a plan of snapshots for an unknown number of steps",
                "train --set model.block.solver=tsitouras --set model.block.steps=0 --set model.block.adjoint=revolve")
            .isRefused(
                "model.block.solver = tsitouras, model.block.steps = 0 and model.block.adjoint = revolve do not work together: <any>."),
        BadInput.of(
                "bfloat16 without its kernels",
                "train --set model.precision=bf16 --set spark.kernels=nd4j")
            .isRefused(
                "model.precision is bf16 and spark.kernels is nd4j, which has no such type: expected spark.kernels = onednn or auto, or model.precision = float32."),
        BadInput.of("warm-up as long as the training", "train --set optimizer.warm-up-epochs=2")
            .isRefused(
                "optimizer.warm-up-epochs is 2: expected fewer than train.epochs, which is 2."),
        BadInput.of(
                "warm-up as long as an experiment's updates",
                "experiment --set experiment.task=adjoint-errors --set experiment.iterations=1 --set optimizer.warm-up-epochs=1")
            .isRefused(
                "optimizer.warm-up-epochs is 1: expected fewer than experiment.iterations, which is 1."),
        BadInput.of("steps of the learning rate at no epoch", "train --set optimizer.schedule=step")
            .isRefused(
                "optimizer.schedule is step, but optimizer.step.epochs is []: expected the epochs after which the learning rate falls, e.g. [15, 25], or another schedule."),
        BadInput.of("GPUs of a master that has none", "train --set spark.gpu=true")
            .isRefused(
                "spark.gpu is true, but the master local[1] hands out no GPUs: expected spark://HOST:PORT, yarn or k8s://URL; ./submit.sh cluster start --gpus starts such a master here."),
        BadInput.of("minibatch larger than the data", train("new") + " --set train.batch-size=41")
            .isRefused(
                "train.batch-size is 41, but the data set builtin-shapes in data.path FOLDER/data has 40 train images: expected at most as many."),
        BadInput.of(
                "more iterations than can be counted",
                train("new") + " --set train.epochs=2000000000")
            .isRefused(
                "train.epochs is 2000000000, which are 2 iterations each: expected at most 2147483647 iterations in all; set train.epochs to 1073741823 or lower."),
        BadInput.of(
                "too little native memory",
                train("new")
                    + " --set model.widths=[16,2,2] --set model.block.steps=60 --set model.block.adjoint=full"
                    + " --set train.batch-size=40 --set spark.executors=1 --set spark.native-mebibytes=256")
            .isRefused(
                "spark.native-mebibytes is 256: expected at least <any>; set it to that, or a batch size lower, or an adjoint that keeps less."),
        BadInput.of(
                "shifting images out of sight",
                train("new") + " --set data.augment.crop-padding=32")
            .isRefused(
                "data.augment.crop-padding is 32 (--set): expected a whole number from 0 to 31."),
        BadInput.of(
                "as many validation images as there are train images",
                "prepare --set data.path=FOLDER/new --set run.dir=FOLDER/run --set data.validation=40")
            .isRefused(
                "data.validation is 40, expected fewer than the 40 train images that there are."));
  }

  static Stream<BadInput> dataSets() {
    return Stream.of(
        BadInput.of("a flipped byte, in a check", check())
            .after(at -> flip(at.resolve("data/train-00001.bin")))
            .isRefused(
                "1 of the 3 shards in FOLDER/data is not as the manifest says: train-00001.bin has the SHA-256 <any>, expected <any>; prepare the data set again."),
        BadInput.of("a flipped byte, in a training", train("new") + " --set data.path=FOLDER/copy")
            .after(
                at -> {
                  // whose shards this process has not cached yet
                  FileUtils.copyDirectory(at.resolve("data").toFile(), at.resolve("copy").toFile());
                  flip(at.resolve("copy/train-00001.bin"));
                })
            .isRefused(
                "file:FOLDER/copy/train-00001.bin is damaged, in one or more of its records 0 to 14: its SHA-256 is <any>, expected <any> as in the manifest; prepare the data set again."),
        BadInput.of("a missing shard, in a check", check())
            .after(at -> Files.delete(at.resolve("data/test-00000.bin")))
            .isRefused(
                "1 of the 3 shards in FOLDER/data is not as the manifest says: test-00000.bin is missing; prepare the data set again."),
        BadInput.of("a missing shard, in a training", train("new"))
            .after(at -> Files.delete(at.resolve("data/test-00000.bin")))
            .isRefused(
                "FOLDER/data/test-00000.bin is missing, but the manifest lists it; prepare the data set again."),
        BadInput.of("a shard cut off", train("new"))
            .after(at -> cut(at.resolve("data/train-00000.bin"), 100))
            .isRefused(
                "FOLDER/data/train-00000.bin has 100 bytes, expected 76825 as in the manifest; prepare the data set again."),
        BadInput.of("a manifest with a wrong number of examples", train("new"))
            .after(at -> manifest(at, "\"examples\" : 40", "\"examples\" : 41"))
            .isRefused(
                "FOLDER/data/manifest.json contradicts itself: the sum of records in train.shards is 40, expected train.examples, 41; prepare the data set again."),
        BadInput.of("a manifest with a wrong size", train("new"))
            .after(at -> manifest(at, "\"bytes\" : 76825", "\"bytes\" : 76826"))
            .isRefused(
                "FOLDER/data/manifest.json contradicts itself: train shard train-00000.bin: bytes is 76826, expected 76825; prepare the data set again."),
        BadInput.of("a manifest with a wrong checksum", train("new"))
            .after(BadInputTest::lieAboutChecksums)
            .isRefused(
                "file:FOLDER/data/train-0000<any>.bin is damaged, in one or more of its records 0 to <any>: its SHA-256 is <any>, expected "
                    + "0".repeat(64)
                    + " as in the manifest; prepare the data set again."),
        BadInput.of("a manifest with one class fewer", train("new"))
            .after(at -> manifest(at, "\"disc\", ", ""))
            .isRefused(
                "FOLDER/data/manifest.json contradicts itself: the length of train.class_counts.label is 10, expected 9; prepare the data set again."),
        BadInput.of("a manifest with other images per class", check())
            .after(at -> manifest(at, "\"label\" : [ 4, 4,", "\"label\" : [ 5, 3,"))
            .isRefused(
                "FOLDER/data/manifest.json does not describe its shards: train.class_counts.label says 5 of class 0 (disc), the shards hold 4; prepare the data set again."),
        BadInput.of("a manifest that is no JSON", train("new"))
            .after(at -> overwrite(at.resolve("data/manifest.json"), "<html>".getBytes(UTF_8)))
            .isRefused(
                "FOLDER/data/manifest.json is not a manifest that the job prepare wrote (<any>); prepare the data set again."),
        BadInput.of("a manifest of another version", check())
            .after(at -> manifest(at, "\"format_version\" : 1", "\"format_version\" : 2"))
            .isRefused(
                "FOLDER/data/manifest.json has format_version 2, expected 1; prepare the data set again with this release."),
        BadInput.of("an empty folder as data set", train("new") + " --set data.path=FOLDER/empty")
            .after(at -> Files.createDirectory(at.resolve("empty")))
            .isRefused(
                "data.path FOLDER/empty holds no manifest.json; make the data set with the job prepare."),
        BadInput.of("a file as data set", train("new") + " --set data.path=FOLDER/tiny.zip")
            .isRefused(
                "data.path FOLDER/tiny.zip holds no manifest.json; make the data set with the job prepare."),
        BadInput.of("a data set on no file system", train("new") + " --set data.path=nosuch://a/b")
            .isRefused(
                "nosuch://a/b/manifest.json cannot be read (No FileSystem for scheme \"nosuch\"): see that its folder is the right one, on a file system that is reachable and whole."),
        BadInput.of("preparing over a data set", prepare("data"))
            .isRefused(
                "data.path file:FOLDER/data already holds a prepared data set, which is never overwritten; choose another data.path or delete that folder."),
        BadInput.of("preparing into a folder that is used", prepare("trained"))
            .isRefused(
                "data.path file:FOLDER/trained already holds <any>, expected an empty folder or none; choose another data.path."),
        BadInput.of("a missing archive", prepare("new") + " --set data.source=FOLDER/none.tar.gz")
            .isRefused(
                "data.source FOLDER/none.tar.gz does not exist; expected the official CIFAR-10 or CIFAR-100 binary archive (.tar.gz), the folder inside it, or the folder of MNIST's four files."),
        BadInput.of("an archive cut off", prepare("new") + " --set data.source=FOLDER/cifar.tar.gz")
            .after(at -> cut(at.resolve("cifar.tar.gz"), 2000))
            .isRefused(
                "FOLDER/cifar.tar.gz is truncated or damaged: reading <any> failed (<any>); fetch it again."),
        BadInput.of(
                "an archive that is none", prepare("new") + " --set data.source=FOLDER/tiny.zip")
            .isRefused(
                "FOLDER/tiny.zip is neither a folder nor a gzip archive (its first two bytes are not 1f 8b); expected the official CIFAR binary archive (.tar.gz) or the folder inside it."),
        BadInput.of(
                "a folder that is no CIFAR", prepare("new") + " --set data.source=FOLDER/trained")
            .isRefused(
                "data.source FOLDER/trained holds none of the files of CIFAR's binary version (data_batch_1.bin, train.bin, ...); expected the official CIFAR-10 or CIFAR-100 binary archive (.tar.gz), the folder inside it, or the folder of MNIST's four files."),
        BadInput.of(
                "a folder with a part of MNIST", prepare("new") + " --set data.source=FOLDER/mnist")
            .after(
                at ->
                    Files.write(
                        Files.createDirectories(at.resolve("mnist"))
                            .resolve("train-images-idx3-ubyte"),
                        new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7}))
            .isRefused(
                "data.source FOLDER/mnist has neither train-labels-idx1-ubyte nor train-labels-idx1-ubyte.gz; expected the four files of MNIST."),
        BadInput.of("a download with another MD5", download("SERVER"))
            .isRefused(
                "SERVERcifar-10-binary.tar.gz has the MD5 <any>, expected c32a1d4ab5d03f1284b67883e8d87530: it is not the official archive, and is not kept; set data.download.url to another address, or fetch it by hand and set data.source to its path."),
        BadInput.of("a download that the server has not", download("SERVERnowhere/"))
            .isRefused(
                "SERVERnowhere/cifar-10-binary.tar.gz cannot be had (HTTP status 404): set data.download.url to an address that has the file, or fetch it by hand and set data.source to its path."),
        BadInput.of("another file in the place of a download", download("SERVER"))
            .after(
                at ->
                    Files.writeString(
                        Files.createDirectory(at.resolve("downloads"))
                            .resolve("cifar-10-binary.tar.gz"),
                        "mine"))
            .isRefused(
                "FOLDER/downloads/cifar-10-binary.tar.gz has the MD5 <any>, expected c32a1d4ab5d03f1284b67883e8d87530: it is not the official archive, or is damaged; delete it to have it fetched again."));
  }

  static Stream<BadInput> runs() {
    return Stream.of(
        BadInput.of(
                "a run of another job",
                "evaluate --set evaluate.model=FOLDER/trained" + at("data", "trained"))
            .isRefused(
                "The run directory file:FOLDER/trained already holds a run (resolved.conf): set run.dir to a new folder."),
        BadInput.of("a training in the folder of a check", train("checked"))
            .after(
                at ->
                    Files.writeString(
                        Files.createDirectory(at.resolve("checked")).resolve("summary.json"),
                        "{\"job\" : \"check\"}"))
            .isRefused(
                "The run directory file:FOLDER/checked already holds a run of the job check: set run.dir to a new folder."),
        BadInput.of(
                "a run begun with other settings",
                train("begun") + " --set optimizer.learning-rate=0.1")
            .isRefused(
                "The run in file:FOLDER/begun was begun with other settings (optimizer.learning-rate was 0.05 and is 0.1): to continue it with the new ones, add --allow-change optimizer.learning-rate; or set run.dir to a new folder."),
        BadInput.of(
                "a change of the network that is allowed, but cannot be",
                train("begun") + " --set model.widths=[4,4,4] --allow-change model.widths")
            .rewriting("begun/summary.json", "begun/report.html")
            .isRefused(
                "The checkpoint file:FOLDER/begun/checkpoints/checkpoint-000002.zip holds <any> parameters, expected the <any> of the network that the settings describe: set model.* to what the run was begun with, or run.dir to a new folder."),
        BadInput.of("a run with a living driver", train("begun"))
            .during(BadInputTest::anotherDriver)
            .rewriting("begun/owners/attempt-0002.json", "begun/summary.json")
            .isRefused(
                "The run directory file:FOLDER/begun is in use by process <any> on <any>: wait until that has ended, or set run.dir to another folder."),
        BadInput.of("a damaged sign of life", train("begun"))
            .after(at -> overwrite(at.resolve("begun/owners/attempt-0001.json"), new byte[0]))
            .isRefused(
                "The file file:FOLDER/begun/owners/attempt-0001.json is damaged (<any>): delete it if no driver of the run is alive, or set run.dir to a new folder."),
        BadInput.of("a damaged summary", train("begun"))
            .after(at -> Files.writeString(at.resolve("begun/summary.json"), "{\"job\" : "))
            .isRefused(
                "The file file:FOLDER/begun/summary.json is damaged (<any>): set run.dir to a new folder."),
        BadInput.of("damaged metrics of a run", train("begun"))
            .after(at -> cut(at.resolve("begun/metrics.jsonl"), 20))
            .rewriting("begun/summary.json")
            .isRefused(
                "The file file:FOLDER/begun/metrics.jsonl is damaged (<any>): delete it to go on without what it tells of earlier epochs, or set run.dir to a new folder."),
        BadInput.of("damaged settings of a run", train("begun"))
            .after(at -> overwrite(at.resolve("begun/resolved.conf"), "seed = [".getBytes(UTF_8)))
            .isRefused(
                "The file file:FOLDER/begun/resolved.conf is damaged (<any>): set run.dir to a new folder."),
        BadInput.of("checkpoints that are all damaged", train("begun"))
            .after(
                at -> {
                  flip(at.resolve("begun/checkpoints/checkpoint-000001.zip"));
                  cut(at.resolve("begun/checkpoints/checkpoint-000002.zip"), 1000);
                })
            .rewriting("begun/summary.json", "begun/report.html")
            .ends(
                PREFLIGHT_FAILED,
                "No checkpoint of the run in file:FOLDER/begun is whole (checkpoints/checkpoint-000002.zip: <any>; checkpoints/checkpoint-000001.zip: <any>): restore one from a copy, or set run.dir to a new folder."),
        BadInput.of("a disk that is full when a checkpoint comes", train("begun"))
            .during(
                at -> {
                  FullFileSystem.fillUpFrom("checkpoint-000003");
                  return FullFileSystem::clear;
                })
            .rewriting(
                "begun/summary.json",
                "begun/report.html",
                "begun/metrics.jsonl",
                "begun/tensorboard/events.out.tfevents.epoch000003.round000000")
            .ends(
                PREFLIGHT_FAILED,
                "The file file:FOLDER/begun/checkpoints/checkpoint-000003.zip cannot be written (No space left on device): see that its file system has room and is reachable."),
        BadInput.of("a file in the place of a run", train("tiny.zip"))
            .isRefused(
                "The run directory FOLDER/tiny.zip cannot be written (<any>): set run.dir to a folder that you may write to."),
        BadInput.of("a run on no file system", train("new") + " --set run.dir=nosuch://a/b")
            .isRefused(
                "The run directory nosuch://a/b cannot be written (<any>): set run.dir to a folder that you may write to."),
        BadInput.of(
                "a report of what is no run",
                "report --set report.runs=[FOLDER/data]" + at("data", "new"))
            .isRefused(
                "There is no run in file:FOLDER/data: expected a folder with resolved.conf."),
        BadInput.of("a sweep of nothing", "sweep" + at("data", "new"))
            .isRefused(
                "sweep.space is empty: expected what is to be searched, as conf/sweeps has it, e.g. --conf conf/sweeps/learning-rate.conf."),
        BadInput.of(
                "a sweep of an unknown setting",
                "sweep --set sweep.space=[{key=optimizer.learning-rat,uniform=[0.1,1]}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.space searches the unknown setting optimizer.learning-rat: did you mean optimizer.learning-rate?"),
        BadInput.of(
                "a sweep from a high bound to a low one",
                "sweep --set sweep.space=[{key=optimizer.learning-rate,uniform=[1,0.1]}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.space has optimizer.learning-rate uniform = [1,0.1] (--set): expected the lower bound first, and a greater one."),
        BadInput.of(
                "a sweep over magnitudes from zero",
                "sweep --set sweep.space=[{key=optimizer.learning-rate,log-uniform=[0,1]}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.space has optimizer.learning-rate log-uniform = [0,1] (--set): expected bounds above 0."),
        BadInput.of(
                "a sweep over whole numbers between others",
                "sweep --set sweep.space=[{key=train.batch-size,integer=[1.5,4]}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.space has train.batch-size integer = [1.5,4] (--set): expected whole numbers."),
        BadInput.of(
                "a sweep without choices",
                "sweep --set sweep.space=[{key=model.block.solver,choice=[]}]" + at("data", "new"))
            .isRefused(
                "sweep.space has model.block.solver choice = [] (--set): expected at least one value."),
        BadInput.of(
                "a sweep over a value that is none",
                "sweep --set sweep.space=[{key=model.block.solver,choice=[euler,eulr]}]"
                    + at("data", "new"))
            .isRefused(
                "model.block.solver is eulr (the variant trial-0: 1): expected one of <any>."),
        BadInput.of(
                "a sweep over what all trials share",
                "sweep --set sweep.space=[{key=seed,integer=[1,4]}]" + at("data", "new"))
            .isRefused(
                "sweep.space searches seed, which all trials share: expected other settings; sweep.seeds trains each trial several times."),
        BadInput.of(
                "a sweep under an unknown condition",
                "sweep --set sweep.space=[{key=train.batch-size,integer=[1,4],when{optimizer.kind=[adam]}}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.space searches train.batch-size when optimizer.kind has some value, which is not searched before it: expected a key further up in the list."),
        BadInput.of(
                "a sweep under a condition that never holds",
                "sweep --set sweep.space=[{key=optimizer.kind,choice=[adam,sgd]},{key=optimizer.momentum,uniform=[0.1,0.9],when{optimizer.kind=[adma]}}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.space searches optimizer.momentum when optimizer.kind is one of [\"adma\"]: expected some of its choices, which are [\"adam\", \"sgd\"]."),
        BadInput.of(
                "trials added to a grid",
                "sweep --add-trials 4 --set sweep.strategy=grid --set sweep.space=[{key=optimizer.kind,choice=[adam,sgd]}]"
                    + at("data", "new"))
            .isRefused(
                "4 trials are to be added, but sweep.strategy = grid has all of its points: expected more values in sweep.space, or another strategy."),
        BadInput.of(
                "a sweep of too many points",
                "sweep --set sweep.strategy=grid --set sweep.space=[{key=optimizer.learning-rate,uniform=[0.1,1],grid-values=1000},{key=optimizer.momentum,uniform=[0.1,0.9],grid-values=101}]"
                    + at("data", "new"))
            .isRefused(
                "The grid of sweep.space has more than 100000 points: expected fewer values, or sweep.strategy = random or sobol with sweep.trials of them."),
        BadInput.of(
                "a sweep for a measure that nobody reports",
                "sweep --set sweep.space=[{key=optimizer.learning-rate,uniform=[0.1,1]}] --set sweep.objectives=[{measure=test_acuracy,goal=maximize}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.objectives has the measure test_acuracy, which no trial reports: expected one of test_accuracy, test_top_k_accuracy, train_loss, evaluations, rejected_steps, training_seconds; did you mean test_accuracy?"),
        BadInput.of(
                "a sweep for validation without validation",
                "sweep --set sweep.space=[{key=optimizer.learning-rate,uniform=[0.1,1]}] --set sweep.objectives=[{measure=validation_accuracy,goal=maximize}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.objectives has the measure validation_accuracy, which no trial reports: expected one of test_accuracy, test_top_k_accuracy, train_loss, evaluations, rejected_steps, training_seconds; prepare the data with data.validation to hold images out."),
        BadInput.of(
                "a sweep with a goal that is none",
                "sweep --set sweep.objectives=[{measure=test_accuracy,goal=up}]"
                    + at("data", "new"))
            .isRefused(
                "sweep.objectives is [{measure=test_accuracy, goal=up}] (--set): expected one or two objectives, as in [{ measure = test_accuracy, goal = maximize }], goal being maximize or minimize."),
        BadInput.of("an experiment without methods", "experiment" + at("data", "new"))
            .isRefused(
                "experiment.methods is empty: expected what is to be compared, as conf/experiments has it, e.g. --conf conf/experiments/spiral-ode.conf."),
        BadInput.of(
                "a variant with an unknown setting",
                "experiment --set experiment.methods=[{name=a,settings{train.epoch=1}}]"
                    + at("data", "new"))
            .isRefused(
                "Unknown setting train.epoch (the variant a: 1): did you mean train.epochs?"),
        BadInput.of(
                "a variant of what all share",
                "experiment --set experiment.methods=[{name=a,settings{seed=1}}]"
                    + at("data", "new"))
            .isRefused(
                "The variant a sets seed, which all runs of an experiment share: set it outside of experiment, or several with experiment.seeds."),
        BadInput.of(
                "a variant without a name",
                "experiment --set experiment.methods=[{settings{seed=1}}]" + at("data", "new"))
            .isRefused(
                "experiment.methods is [{settings={seed=1}}] (--set): expected a list of variants with names of lower-case letters, digits and hyphens, no two the same, as in [{ name = plain }, { name = shorter, settings { train.epochs = 2 } }]."),
        BadInput.of("a report of nothing", "report" + at("data", "new"))
            .isRefused(
                "report.runs is empty: expected the run directories to report on, e.g. --set 'report.runs=[runs/first, runs/second]'."),
        BadInput.of(
                "a report of damaged metrics",
                "report --set report.runs=[FOLDER/trained]" + at("data", "new"))
            .after(at -> overwrite(at.resolve("trained/metrics.jsonl"), "{\n".getBytes(UTF_8)))
            .isRefused(
                "The file file:FOLDER/trained/metrics.jsonl is damaged (<any>): leave this run out."),
        BadInput.of(
                "a report in the place of a folder",
                "report --set report.runs=[FOLDER/trained] --set report.output=FOLDER/data"
                    + at("data", "new"))
            .isRefused(
                "report.output is FOLDER/data, which is a folder: expected a file to write."));
  }

  static Stream<BadInput> models() {
    return Stream.of(
        BadInput.of("no model", "evaluate" + at("data", "new"))
            .isRefused(
                "evaluate.model is empty: expected the folder of a run of the job train, or a model's file."),
        BadInput.of("a missing model", export("FOLDER/none"))
            .isRefused(
                "export.model is FOLDER/none, where there is no model: expected the folder of a run of the job train, or a model's file."),
        BadInput.of("a run without a model", evaluate("FOLDER/begun"))
            .isRefused(
                "evaluate.model is FOLDER/begun, where there is no model: expected the folder of a run of the job train, or a model's file."),
        BadInput.of("a model on no file system", evaluate("nosuch://a/b"))
            .isRefused(
                "evaluate.model is nosuch://a/b, which cannot be read (No FileSystem for scheme \"nosuch\"): see that it is the right one, on a file system that is reachable and whole."),
        BadInput.of("a model that is no zip", evaluate("FOLDER/cifar.tar.gz"))
            .isRefused(
                "The model file:FOLDER/cifar.tar.gz is not a zip file, or is damaged (<any>); expected a file that the job train wrote."),
        BadInput.of("a model cut off", export("FOLDER/trained"))
            .after(at -> cut(at.resolve("trained/model.zip"), 1000))
            .isRefused(
                "The model file:FOLDER/trained/model.zip is not a zip file, or is damaged (<any>); expected a file that the job train wrote."),
        BadInput.of("a model without parameters", export("FOLDER/trained"))
            .after(at -> inZip(at.resolve("trained/model.zip"), "coefficients.bin", Files::delete))
            .isRefused(
                "The model file:FOLDER/trained/model.zip is refused: its entry coefficients.bin is missing; expected a file that the job train wrote."),
        BadInput.of(
                "a model with a class of somebody else's", predict("FOLDER/trained", "FOLDER/data"))
            .after(
                at ->
                    inZip(
                        at.resolve("trained/model.zip"),
                        "configuration.json",
                        entry ->
                            edit(
                                entry,
                                text ->
                                    text.replaceFirst(
                                        "org\\.anodespark\\.odelayers\\.[\\w.]+",
                                        "java.lang.ProcessBuilder"))))
            .isRefused(
                "The model file:FOLDER/trained/model.zip is refused: its entry configuration.json names the class \"java.lang.ProcessBuilder\", which is not one that networks here are made of; if it is yours, name it in model.allowed-classes; expected a file that the job train wrote."),
        BadInput.of("a model that does not say what it knows", evaluate("FOLDER/trained"))
            .after(at -> inZip(at.resolve("trained/model.zip"), "anode-spark.json", Files::delete))
            .isRefused(
                "The model file:FOLDER/trained/model.zip is refused: its entry anode-spark.json is missing, which says what its input means; expected a file that the job train wrote."),
        BadInput.of(
                "a model of other classes",
                "evaluate --set evaluate.model=FOLDER/trained" + at("hundred", "new"))
            .isRefused(
                "The data set in data.path FOLDER/hundred does not fit the model file:FOLDER/trained/model.zip: its 100 classes are fine0, fine1, fine2, fine3, fine4, ..., but the network knows these 10: disc, ring, square, triangle, cross, ...; set data.path (or data.labels) to what it was trained on."),
        BadInput.of("a model of other images", evaluate("FOLDER/tiny.zip"))
            .isRefused(
                "The data set in data.path FOLDER/data does not fit the model file:FOLDER/tiny.zip: its images are 32x32 pixels in 3 channels, but the network takes 4x5 pixels in 3 channels; set data.path (or data.labels) to what it was trained on."),
        BadInput.of("shards of other images", predict("FOLDER/tiny.zip", "FOLDER/data"))
            .isRefused(
                "predict.input is FOLDER/data, whose images are 32x32 pixels in 3 channels, but the network takes 4x5 pixels in 3 channels: set it to shards of such images, or predict.model to a network for these."),
        BadInput.of("no images", predict("FOLDER/trained", "FOLDER/photos"))
            .after(at -> Files.createDirectory(at.resolve("photos")))
            .isRefused(
                "predict.input is FOLDER/photos, where there are no files: expected PNG or JPEG files, or shards."),
        BadInput.of("images on no file system", predict("FOLDER/trained", "nosuch://a/b"))
            .isRefused(
                "The folder nosuch://a/b cannot be looked up (No FileSystem for scheme \"nosuch\"): see that it is the right one, on a file system that is reachable."),
        BadInput.of("a broken image", predict("FOLDER/trained", "FOLDER/photos/*.png"))
            .after(at -> image(at, 32, 50))
            .isRefused(
                "1 of 1 files in predict.input are no images, the first of them file:FOLDER/photos/a.png, which cannot be decoded (<any>); file:FOLDER/new/unreadable.jsonl lists them: set predict.input to PNG or JPEG files."),
        BadInput.of(
                "a broken image among whole ones",
                predict("FOLDER/trained", "FOLDER/photos") + " --set predict.strict=true")
            .after(
                at -> {
                  image(at, 32, Integer.MAX_VALUE);
                  Files.writeString(at.resolve("photos/notes.txt"), "no image");
                })
            .isRefused(
                "1 of 2 files in predict.input are no images, the first of them file:FOLDER/photos/notes.txt, which is neither PNG nor JPEG; file:FOLDER/new/unreadable.jsonl lists them: leave them out, or set predict.strict = false."),
        BadInput.of("an image of another size", predict("FOLDER/trained", "FOLDER/photos"))
            .after(at -> image(at, 8, Integer.MAX_VALUE))
            .isRefused(
                "The image file:FOLDER/photos/a.png has 8x8 pixels, but the network takes 32x32; set predict.resize = true to bring all images to that size."),
        BadInput.of(
                "predictions in the place of something else",
                predict("FOLDER/trained", "FOLDER/data") + " --set predict.output=FOLDER/begun")
            .isRefused(
                "predict.output file:FOLDER/begun already holds <any>, expected an empty folder or none, since nothing is ever overwritten; choose another predict.output or delete that folder."),
        BadInput.of(
                "an export in the place of something else",
                export("FOLDER/trained") + " --set export.output=FOLDER/tiny.zip")
            .isRefused(
                "export.output: FOLDER/tiny.zip is there already, and nothing is ever overwritten; choose another export.output or delete it."));
  }

  static Stream<BadInput> clusters() {
    return Stream.of(
        BadInput.of(
                "no executor in time",
                train("new")
                    + " --master local-cluster[1,1,1024] --set spark.conf.spark.executor.cores=2"
                    + " --set spark.executor-heap-mebibytes=512 --set spark.registration-seconds=1")
            .during(BadInputTest::workersOfSparkHere)
            .ends(
                PREFLIGHT_FAILED,
                "No executor has registered with local-cluster[1,1,1024] within 1 s: see that the cluster has as much free as one executor asks for (1 cores, 512 MiB of heap) and that its machines reach this one, or set spark.registration-seconds higher."),
        BadInput.of(
                "an unknown host",
                train("new") + " --set data.path=hdfs://no-such-host.invalid/data")
            .isRefused(
                "hdfs://no-such-host.invalid/data/manifest.json cannot be read (<any>no-such-host.invalid<any>): see that its folder is the right one, on a file system that is reachable and whole."),
        BadInput.of(
                "HDFS in safe mode, preparing",
                prepare("new") + " --set data.path=HDFS/new" + HDFS_CLIENT)
            .during(BadInputTest::safeMode)
            .ends(
                PREFLIGHT_FAILED,
                "Preparing builtin in HDFS/new failed (<any>safe mode<any>): see that data.source and data.path are the right ones, on file systems that are reachable and accept files, and prepare again."),
        BadInput.of(
                "HDFS in safe mode, training",
                train("new") + " --set run.dir=HDFS/run" + HDFS_CLIENT)
            .during(BadInputTest::safeMode)
            .ends(
                PREFLIGHT_FAILED,
                "The run directory HDFS/run cannot be written (<any>safe mode<any>): see that its file system is reachable and accepts files, or set run.dir to another one."),
        BadInput.of(
                "HDFS gone half-way, checking",
                check() + " --set data.path=HDFS/data" + HDFS_CLIENT)
            .during(at -> goneBefore("test-00000.bin"))
            .ends(
                PREFLIGHT_FAILED,
                "The shards in HDFS/data could not be read (<any>): see that their file system is reachable and whole, and check again."),
        BadInput.of(
                "HDFS gone half-way, training",
                train("new") + " --set data.path=HDFS/data --set averaging.tries=1" + HDFS_CLIENT)
            .during(at -> goneBefore("train-00001.bin"))
            .ends(
                GAVE_UP,
                "Gave up on epoch 1 round 1/2 after 1 try (<any>localhost<any>); the state before it is in file:FOLDER/new/checkpoints/checkpoint-000002.zip, from which train goes on with the same settings and run.dir."));
  }

  // ---- what is typed

  private static String at(String data, String run) {
    return " --set data.path=FOLDER/" + data + " --set run.dir=FOLDER/" + run;
  }

  private static String train(String run) {
    return "train" + at("data", run);
  }

  private static String check() {
    return "check" + at("data", "new");
  }

  private static String prepare(String data) {
    return "prepare" + at(data, "new-run");
  }

  private static String download(String address) {
    return prepare("new")
        + " --set data.source=download --set data.download.folder=FOLDER/downloads"
        + " --set data.download.url="
        + address;
  }

  private static String evaluate(String model) {
    return "evaluate --set evaluate.model=" + model + at("data", "new");
  }

  private static String predict(String model, String input) {
    return "predict --set predict.model=%s --set predict.input=%s".formatted(model, input)
        + " --set predict.output=FOLDER/predicted"
        + at("data", "new");
  }

  private static String export(String model) {
    return "export --set export.model="
        + model
        + " --set export.output=FOLDER/out.npz"
        + at("data", "new");
  }

  // ---- the test

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "commandLine",
    "settings",
    "combinations",
    "dataSets",
    "runs",
    "models",
    "clusters"
  })
  void endsWithItsExitCodeAndOneSentenceAndLosesNothing(BadInput input) throws Exception {
    CommandInProcess.Outcome outcome;
    Map<String, String> before;
    try (AutoCloseable circumstance = input.circumstance().begin(folder)) {
      before = contents();
      outcome = command.run(input.words().stream().map(BadInputTest::filled).toList());
    }
    assertThat(outcome.errors()).matches(whole(input.sentence()));
    assertThat(outcome.status()).isEqualTo(input.code().code());
    before.keySet().removeAll(input.rewritten());
    assertThat(contents()).containsAllEntriesOf(before);
  }

  private static Pattern whole(String sentence) {
    assertThat(sentence).doesNotContain("\n").matches(".*[.?]");
    return Pattern.compile(
        "anode-spark: "
            + Arrays.stream(filled(sentence).split("<any>", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"))
            + "\n");
  }

  private static String filled(String text) {
    return text.replace("FOLDER", folder.toString())
        .replace("HOME", folder.resolveSibling("home").toString())
        .replace("SERVER", "http://127.0.0.1:" + server.getAddress().getPort() + "/")
        .replace("HDFS", text.contains("HDFS") ? hdfs().getURI().toString() : "");
  }

  // ---- what there is

  @BeforeAll
  static void makeWhatIsKept() throws Exception {
    Path home = temp.resolve("home");
    folder = Files.createDirectory(temp.resolve("folder"));
    kept = temp.resolve("kept");
    Files.createDirectories(home.resolve("conf/profiles"));
    Files.writeString(home.resolve("conf/profiles/local.conf"), PROFILE);
    command = new CommandInProcess(home);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/cifar-10-binary.tar.gz",
        request -> {
          try (request) {
            byte[] other = "another archive".getBytes(UTF_8);
            request.sendResponseHeaders(200, other.length);
            request.getResponseBody().write(other);
          }
        });
    server.start();

    CifarFiles.pack(CifarFiles.writeCifar10(temp.resolve("ten")), folder.resolve("cifar.tar.gz"));
    run(0, prepare("data"));
    Path hundred = CifarFiles.writeCifar100(temp.resolve("hundred"));
    run(0, "prepare --set data.source=" + hundred + at("hundred", "hundred-run"));
    FullFileSystem.fillUpFrom("checkpoint-000003");
    run(PREFLIGHT_FAILED.code(), train("begun"));
    FullFileSystem.clear();
    FileUtils.copyDirectory(folder.resolve("begun").toFile(), folder.resolve("trained").toFile());
    run(0, train("trained"));
    try (OutputStream out = Files.newOutputStream(folder.resolve("tiny.zip"))) {
      ModelFile.write(TinyNetworks.images(), Optional.of(TinyImages.DESCRIPTION), false, out);
    }
    FileUtils.deleteDirectory(folder.resolve("new-run").toFile());
    FileUtils.deleteDirectory(folder.resolve("hundred-run").toFile());
    FileUtils.copyDirectory(folder.toFile(), kept.toFile());
  }

  private static void run(int status, String typed) throws IOException {
    CommandInProcess.Outcome outcome =
        command.run(Arrays.stream(typed.split(" ")).map(BadInputTest::filled).toList());
    assertThat(outcome.status()).as(outcome.errors()).isEqualTo(status);
  }

  @BeforeEach
  void startAnew() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
    FileUtils.copyDirectory(kept.toFile(), folder.toFile());
  }

  @AfterAll
  static void stopServers() {
    if (server != null) {
      server.stop(0);
    }
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  /** Started when it is first asked for; holds the data set. */
  private static synchronized MiniDFSCluster hdfs() {
    if (cluster == null) {
      try {
        Configuration configuration = new Configuration();
        configuration.setInt("dfs.replication", 1);
        configuration.setInt("dfs.namenode.safemode.extension", 0);
        cluster =
            new MiniDFSCluster.Builder(configuration, temp.resolve("hdfs").toFile())
                .numDataNodes(1)
                .build();
        cluster.waitClusterUp();
        cluster
            .getFileSystem()
            .copyFromLocalFile(path(kept.resolve("data")), new org.apache.hadoop.fs.Path("/data"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cluster;
  }

  /** Each file that there is, but for Hadoop's checksums, and the SHA-256 of what it holds. */
  private static Map<String, String> contents() throws IOException {
    Map<String, String> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(each -> !each.toString().endsWith(".crc"))
              .toList()) {
        contents.put(folder.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    if (cluster != null) {
      RemoteIterator<LocatedFileStatus> files =
          cluster.getFileSystem().listFiles(new org.apache.hadoop.fs.Path("/"), true);
      while (files.hasNext()) {
        org.apache.hadoop.fs.Path file = files.next().getPath();
        try (InputStream in = cluster.getFileSystem().open(file)) {
          contents.put(file.toString(), Sha256.of(in.readAllBytes()));
        }
      }
    }
    return contents;
  }

  private static org.apache.hadoop.fs.Path path(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  // ---- what is bad about it

  /** As another program would write it: without Hadoop's checksums of local files. */
  private static void overwrite(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, bytes);
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    overwrite(file, bytes);
  }

  private static void cut(Path file, int length) throws IOException {
    overwrite(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  private static void edit(Path file, UnaryOperator<String> change) throws IOException {
    String text = Files.readString(file);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    overwrite(file, changed.getBytes(UTF_8));
  }

  private static void manifest(Path at, String found, String replacement) throws IOException {
    edit(at.resolve("data/manifest.json"), text -> text.replace(found, replacement));
  }

  private static void lieAboutChecksums(Path at) throws IOException {
    edit(
        at.resolve("data/manifest.json"),
        text ->
            text.replaceAll(
                "\"sha256\" : \"[0-9a-f]+\"", "\"sha256\" : \"" + "0".repeat(64) + '"'));
  }

  private static void inZip(Path zip, String entry, BadInput.Damage damage) throws Exception {
    try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of())) {
      damage.to(files.getPath(entry));
    }
    Files.deleteIfExists(zip.resolveSibling("." + zip.getFileName() + ".crc"));
  }

  /** A picture of so many pixels on each side, of whose file no more than some bytes are left. */
  private static void image(Path at, int side, int most) throws IOException {
    Path file = Files.createDirectory(at.resolve("photos")).resolve("a.png");
    ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    cut(file, Math.min(most, (int) Files.size(file)));
  }

  /** A driver of the run in {@code begun} that does nothing but live. */
  private static AutoCloseable anotherDriver(Path at) throws InterruptedException {
    CountDownLatch owned = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    JobRegistry jobs =
        new JobRegistry(
            Map.of(
                JobName.TRAIN,
                () ->
                    context ->
                        RunRecorder.recordOrContinue(
                            context,
                            recorder -> {
                              owned.countDown();
                              Latches.await(released);
                            })));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<CommandInProcess.Outcome> driver =
        thread.submit(
            () ->
                command.run(
                    Arrays.stream(train("begun").split(" ")).map(BadInputTest::filled).toList(),
                    jobs));
    Latches.await(owned);
    return () -> {
      released.countDown();
      assertThat(driver.get().status()).isZero();
      thread.shutdown();
    };
  }

  /** Lets Spark's workers, if they run in this process, have their folders in a temporary one. */
  private static AutoCloseable workersOfSparkHere(Path at) {
    System.setProperty("spark.testing", "true");
    System.setProperty("spark.test.home", temp.toString());
    return () -> {
      System.clearProperty("spark.testing");
      System.clearProperty("spark.test.home");
    };
  }

  private static AutoCloseable safeMode(Path at) throws IOException {
    hdfs().getFileSystem().setSafeMode(SafeModeAction.SAFEMODE_ENTER);
    return () -> hdfs().getFileSystem().setSafeMode(SafeModeAction.SAFEMODE_LEAVE);
  }

  /** The name node goes when a file of that name is about to be opened. */
  private static AutoCloseable goneBefore(String file) {
    WatchedHdfs.before(file, () -> hdfs().shutdownNameNode(0));
    return () -> {
      hdfs().restartNameNode(0, true);
      hdfs().waitClusterUp();
    };
  }
}
