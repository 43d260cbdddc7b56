/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import org.anodespark.jobs.cluster.TrialCluster;
import org.anodespark.jobs.doctor.DoctorJob;

/** Who listens, and who makes objects of bytes: in the whole of anode-spark, nobody does. */
@AnalyzeClasses(packages = "org.anodespark", importOptions = ImportOption.DoNotIncludeTests.class)
class NobodyGetsInTest {
  /** The trial cluster looks for a free port of the loopback address and closes it at once. */
  @ArchTest
  static final ArchRule noPortIsOpenedBesideThoseOfSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage(TrialCluster.class.getPackageName())
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              ServerSocket.class,
              ServerSocketChannel.class,
              DatagramSocket.class,
              DatagramChannel.class,
              HttpServer.class);

  /** The doctor reads what it has just written, to see whether it comes back. */
  @ArchTest
  static final ArchRule nothingIsJavaDeserialised =
      noClasses()
          .that()
          .resideOutsideOfPackage(DoctorJob.class.getPackageName())
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class);
}
