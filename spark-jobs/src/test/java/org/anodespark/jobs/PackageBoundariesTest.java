/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(
    packages = "org.anodespark.jobs",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageBoundariesTest {
  @ArchTest
  static final ArchRule packagesKnowOnlyWhatTheyBuildOn =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("failure")
          .definedBy("..jobs.failure..")
          .layer("process")
          .definedBy("..jobs.process..")
          .layer("block")
          .definedBy("..jobs.block..")
          .layer("config")
          .definedBy("..jobs.config..")
          .layer("job")
          .definedBy("..jobs.job..")
          .layer("plan")
          .definedBy("..jobs.plan..")
          .layer("files")
          .definedBy("..jobs.files..")
          .layer("model")
          .definedBy("..jobs.model..")
          .layer("run")
          .definedBy("..jobs.run..")
          .layer("checkpoint")
          .definedBy("..jobs.checkpoint..")
          .layer("data")
          .definedBy("..jobs.data..")
          .layer("executor")
          .definedBy("..jobs.executor..")
          .layer("evaluate")
          .definedBy("..jobs.evaluate..")
          .layer("predict")
          .definedBy("..jobs.predict..")
          .layer("export")
          .definedBy("..jobs.export..")
          .layer("tensorboard")
          .definedBy("..jobs.tensorboard..")
          .layer("metrics")
          .definedBy("..jobs.metrics..")
          .layer("report")
          .definedBy("..jobs.report..")
          .layer("train")
          .definedBy("..jobs.train..")
          .layer("experiment")
          .definedBy("..jobs.experiment..")
          .layer("sweep")
          .definedBy("..jobs.sweep..")
          .layer("network")
          .definedBy("..jobs.network..")
          .layer("doctor")
          .definedBy("..jobs.doctor..")
          .layer("cluster")
          .definedBy("..jobs.cluster..")
          .layer("cli")
          .definedBy("..jobs.cli..")
          .whereLayer("failure")
          .mayNotAccessAnyLayer()
          .whereLayer("process")
          .mayNotAccessAnyLayer()
          .whereLayer("block")
          .mayOnlyAccessLayers("failure")
          .whereLayer("config")
          .mayOnlyAccessLayers("block", "failure")
          .whereLayer("job")
          .mayOnlyAccessLayers("config", "failure")
          .whereLayer("plan")
          .mayNotAccessAnyLayer()
          .whereLayer("files")
          .mayOnlyAccessLayers("failure")
          .whereLayer("model")
          .mayOnlyAccessLayers("files", "failure")
          .whereLayer("run")
          .mayOnlyAccessLayers("model", "files", "process", "job", "config", "failure")
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("files", "run", "failure")
          .whereLayer("data")
          .mayOnlyAccessLayers("executor", "model", "files", "run", "job", "config", "failure")
          .whereLayer("executor")
          .mayOnlyAccessLayers("model", "job", "config", "failure")
          .whereLayer("evaluate")
          .mayOnlyAccessLayers(
              "executor",
              "plan",
              "data",
              "report",
              "model",
              "files",
              "run",
              "job",
              "config",
              "failure")
          .whereLayer("predict")
          .mayOnlyAccessLayers(
              "executor", "plan", "data", "model", "files", "run", "job", "config", "failure")
          .whereLayer("export")
          .mayOnlyAccessLayers("executor", "model", "files", "run", "job", "config", "failure")
          .whereLayer("tensorboard")
          .mayNotAccessAnyLayer()
          .whereLayer("metrics")
          .mayNotAccessAnyLayer()
          .whereLayer("report")
          .mayOnlyAccessLayers("files", "run", "job", "config", "failure")
          .whereLayer("train")
          .mayOnlyAccessLayers(
              "evaluate",
              "executor",
              "plan",
              "checkpoint",
              "data",
              "model",
              "metrics",
              "report",
              "tensorboard",
              "run",
              "job",
              "config",
              "failure")
          .whereLayer("sweep")
          .mayOnlyAccessLayers(
              "train", "executor", "data", "report", "files", "run", "job", "config", "failure")
          .whereLayer("experiment")
          .mayOnlyAccessLayers(
              "train",
              "executor",
              "plan",
              "data",
              "report",
              "files",
              "run",
              "job",
              "config",
              "block",
              "failure")
          .whereLayer("network")
          .mayOnlyAccessLayers("train", "config", "block", "failure")
          .whereLayer("doctor")
          .mayOnlyAccessLayers("train", "executor", "files", "job", "config", "failure")
          .whereLayer("cluster")
          .mayOnlyAccessLayers("process", "failure")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule thereAreNoCycles =
      slices().matching("org.anodespark.jobs.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule plansArePlainJava =
      noClasses()
          .that()
          .resideInAPackage("..jobs.plan..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "..jobs.plan..");

  @ArchTest
  static final ArchRule onlyJobsAndTheirContextKnowSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..jobs.failure..",
              "..jobs.block..",
              "..jobs.plan..",
              "..jobs.files..",
              "..jobs.model..",
              "..jobs.run..",
              "..jobs.tensorboard..",
              "..jobs.experiment.series..",
              "..jobs.experiment.latent..",
              "..jobs.experiment.spiral..",
              "..jobs.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.deeplearning4j.spark..");

  @ArchTest
  static final ArchRule settingsAndCommandLineKnowNoNetworks =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..jobs.failure..",
              "..jobs.config..",
              "..jobs.job..",
              "..jobs.plan..",
              "..jobs.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.anodespark.odelayers..")
          .allowEmptyShould(true);
}
