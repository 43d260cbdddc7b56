/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The launcher runs without Spark, Hadoop and logging on its class path. */
@AnalyzeClasses(
    packages = "org.anodespark.jobs",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LaunchBoundaryTest {
  private static final String[] OF_THE_CLUSTER = {
    "org.apache.spark..", "org.apache.hadoop..", "org.slf4j..", "scala..", "com.fasterxml.."
  };

  @ArchTest
  static final ArchRule THE_LAUNCHER_NEEDS_NO_CLUSTER =
      noClasses()
          .that()
          .belongToAnyOf(Launcher.class, ClusterCommand.class)
          .should()
          .transitivelyDependOnClassesThat()
          .resideInAnyPackage(OF_THE_CLUSTER);

  @ArchTest
  static final ArchRule SETTINGS_KNOW_NOTHING_OF_JOBS =
      noClasses()
          .that()
          .resideInAPackage("org.anodespark.jobs.config")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAnyPackage(
                  "org.anodespark.jobs.cli..",
                  "org.anodespark.jobs.job..",
                  "org.anodespark.jobs.data..",
                  "org.anodespark.jobs.train..",
                  "org.anodespark.jobs.run.."));
}
