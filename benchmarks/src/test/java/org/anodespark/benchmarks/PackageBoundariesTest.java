/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(
    packages = "org.anodespark.benchmarks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageBoundariesTest {
  @ArchTest
  static final ArchRule thereAreNoCycles =
      slices().matching("org.anodespark.benchmarks.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyWhatIsMeasuredKnowsNumericalLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackages("..contender..", "..kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "ai.djl..");

  @ArchTest
  static final ArchRule contendersKnowNothingOfHowTheyAreCompared =
      noClasses()
          .that()
          .resideInAPackage("..contender..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..benchmarks.block..", "..benchmarks.train..", "..measurement..");
}
