/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages' boundaries, as docs/architecture.md draws them. */
@AnalyzeClasses(
    packages = "org.anodespark.odelayers",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.anodespark.odelayers.";

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("org.anodespark.odelayers.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule kernelsAndLayersKnowNothingOfOdes =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "kernel..", ROOT + "layer", ROOT + "memory", ROOT + "conversion")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.anodespark.odelayers",
              ROOT + "dynamics",
              ROOT + "solver..",
              ROOT + "adjoint..",
              ROOT + "evolution",
              ROOT + "network..");

  @ArchTest
  static final ArchRule evolutionsKnowNoLayersOfDl4j =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "evolution")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.anodespark.odelayers");

  @ArchTest
  static final ArchRule oneDnnIsKnownToItsKernelsOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "kernel.onednn")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco.dnnl..");

  @ArchTest
  static final ArchRule backendsAreChosenInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "kernel.onednn", ROOT + "kernel.nd4j");

  @ArchTest
  static final ArchRule fieldsKnowNeitherSolversNorStrategies =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "dynamics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.anodespark.odelayers", ROOT + "solver..", ROOT + "adjoint..");

  @ArchTest
  static final ArchRule solversKnowNeitherLayersNorStrategies =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "solver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.deeplearning4j..",
              "org.anodespark.odelayers",
              ROOT + "layer",
              ROOT + "adjoint..");

  @ArchTest
  static final ArchRule strategiesDoNotKnowWhichField =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "adjoint..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.anodespark.odelayers", ROOT + "layer");

  @ArchTest
  static final ArchRule regularizersKnowNeitherLayersNorFields =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "regularization")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.anodespark.odelayers", ROOT + "layer");

  @ArchTest
  static final ArchRule schedulesKnowStepNumbersOnly =
      classes()
          .that()
          .resideInAPackage(ROOT + "adjoint.schedule")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ROOT + "adjoint.schedule");

  @ArchTest
  static final ArchRule failuresKnowNothing =
      classes()
          .that()
          .resideInAPackage(ROOT + "failure")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ROOT + "failure");

  @ArchTest
  static final ArchRule methodsDoNotKnowWhoChoosesTheSteps =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "solver.rungekutta", ROOT + "solver.reversible", ROOT + "solver.implicit")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "solver.control");

  @ArchTest
  static final ArchRule stochasticEquationsKnowNoDl4jLayers =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "stochastic..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.anodespark.odelayers", ROOT + "layer");

  @ArchTest
  static final ArchRule noiseKnowsTimesOnly =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "stochastic.noise")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "dynamics",
              ROOT + "adjoint..",
              ROOT + "stochastic",
              ROOT + "stochastic.rungekutta");

  @ArchTest
  static final ArchRule stochasticMethodsDoNotKnowStrategies =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "stochastic.rungekutta")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "adjoint..", ROOT + "stochastic");

  @ArchTest
  static final ArchRule nothingNeedsListeners =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "listener")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "listener");

  @ArchTest
  static final ArchRule nothingKnowsSpark =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.spark..");
}
