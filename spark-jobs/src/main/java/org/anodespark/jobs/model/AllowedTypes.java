/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * The classes that a network's configuration may name: all of the library {@code odelayers}, and of
 * Deeplearning4j the packages of beans that its networks are made of; and what the user named.
 *
 * <p>As a validator it is what Jackson asks at each place at which a text of the file would become
 * a class, before the class is loaded.
 */
final class AllowedTypes extends PolymorphicTypeValidator.Base {
  private static final long serialVersionUID = 1L;

  private static final Pattern CLASS_NAME = Pattern.compile("(\\w+(?:\\.\\w+)*)\\.[\\w$]+");

  /** With everything below. */
  private static final String ODELAYERS = "org.anodespark.odelayers";

  /** Without anything below. */
  private static final Set<String> PACKAGES =
      Set.of(
          "org.deeplearning4j.nn.conf.distribution",
          "org.deeplearning4j.nn.conf.dropout",
          "org.deeplearning4j.nn.conf.graph",
          "org.deeplearning4j.nn.conf.layers",
          "org.deeplearning4j.nn.conf.preprocessor",
          "org.deeplearning4j.nn.weights",
          "org.nd4j.linalg.activations.impl",
          "org.nd4j.linalg.learning.config",
          "org.nd4j.linalg.learning.regularization",
          "org.nd4j.linalg.lossfunctions.impl",
          "org.nd4j.linalg.schedule");

  private final List<String> others;

  /**
   * @param others names of classes, with the classes inside them, or of packages, with everything
   *     below
   */
  AllowedTypes(List<String> others) {
    this.others = List.copyOf(others);
  }

  boolean contain(String className) {
    var matcher = CLASS_NAME.matcher(className);
    if (!matcher.matches()) {
      return false;
    }
    String name = matcher.group(1);
    return PACKAGES.contains(name)
        || name.equals(ODELAYERS)
        || name.startsWith(ODELAYERS + ".")
        || others.stream().anyMatch(other -> isOrIsIn(className, other));
  }

  private static boolean isOrIsIn(String className, String classOrPackage) {
    return className.equals(classOrPackage)
        || className.startsWith(classOrPackage + ".")
        || className.startsWith(classOrPackage + "$");
  }

  @Override
  public Validity validateSubClassName(
      MapperConfig<?> config, JavaType baseType, String subClassName) {
    return contain(subClassName) ? Validity.ALLOWED : Validity.DENIED;
  }
}
