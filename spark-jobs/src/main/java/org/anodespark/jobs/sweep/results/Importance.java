/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.sweep.ledger.Trial;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How much each setting decides about the first objective: its share of what the splits of a random
 * forest, fitted to the trials, explain of the variance (mean decrease in impurity; L. Breiman,
 * "Random forests", Machine Learning 45, 2001). The objective is that at the lowest rung, to which
 * all trials come. With few trials it is a hint, no more.
 */
public final class Importance {
  private static final int LEAST_TRIALS = 8;
  private static final int TREES = 100;
  private static final int MOST_BINS = 32;
  private static final long SEED = 1;
  private static final String FEATURES = "features";
  private static final String LABEL = "label";

  /** A setting that is not searched under the values of others. */
  private static final String MISSING = "";

  private final List<SearchDimension> dimensions;
  private final Objective objective;
  private final int rung;

  /**
   * Plans it.
   *
   * @param dimensions what is searched
   * @param rung the lowest one, in epochs
   */
  public Importance(List<SearchDimension> dimensions, Objective objective, int rung) {
    this.dimensions = List.copyOf(dimensions);
    this.objective = objective;
    this.rung = rung;
  }

  /**
   * Computes it.
   *
   * @return shares by key, in the order of the dimensions, with the sum 1; empty if fewer than 8
   *     trials have come to the lowest rung, or not more than a setting has choices, or all came to
   *     the same there
   */
  public Map<String, Double> of(List<Trial> trials, JavaSparkContext spark) {
    List<Row> rows = new ArrayList<>();
    List<List<String>> categories = dimensions.stream().map(SearchDimension::choices).toList();
    for (Trial trial : trials) {
      Double value = trial.measures(rung).get(objective.measure());
      if (value != null && Double.isFinite(value)) {
        rows.add(RowFactory.create(features(trial, categories), objective.benefit(value)));
      }
    }
    int mostCategories = 1 + categories.stream().mapToInt(List::size).max().orElse(0);
    // a forest can tell no more categories apart than it has examples
    if (rows.size() < Math.max(LEAST_TRIALS, mostCategories)
        || rows.stream().map(row -> row.get(1)).distinct().count() < 2) {
      return Map.of();
    }
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    Vector shares =
        new RandomForestRegressor()
            .setNumTrees(TREES)
            .setMaxBins(Math.max(MOST_BINS, mostCategories))
            .setSeed(SEED)
            .setFeaturesCol(FEATURES)
            .setLabelCol(LABEL)
            .fit(session.createDataFrame(rows, schema(categories)))
            .featureImportances();
    Map<String, Double> byKey = new LinkedHashMap<>();
    IntStream.range(0, dimensions.size())
        .forEach(i -> byKey.put(dimensions.get(i).key(), shares.apply(i)));
    return byKey;
  }

  private Vector features(Trial trial, List<List<String>> categories) {
    return Vectors.dense(
        IntStream.range(0, dimensions.size())
            .mapToDouble(
                i -> {
                  SearchDimension dimension = dimensions.get(i);
                  String value = trial.assignment().values().getOrDefault(dimension.key(), MISSING);
                  return dimension.kind() == SearchDimension.Kind.CHOICE
                      ? 1 + categories.get(i).indexOf(value)
                      : number(dimension, value);
                })
            .toArray());
  }

  /** Where a setting is not searched, a number outside of its interval. */
  private static double number(SearchDimension dimension, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException missingOrOfAnEarlierSpace) {
      return dimension.low() - (dimension.high() - dimension.low());
    }
  }

  private StructType schema(List<List<String>> categories) {
    Attribute[] attributes =
        IntStream.range(0, dimensions.size())
            .mapToObj(
                i ->
                    dimensions.get(i).kind() == SearchDimension.Kind.CHOICE
                        ? NominalAttribute.defaultAttr()
                            .withName("setting" + i)
                            .withNumValues(1 + categories.get(i).size())
                        : NumericAttribute.defaultAttr().withName("setting" + i))
            .toArray(Attribute[]::new);
    Metadata metadata = new AttributeGroup(FEATURES, attributes).toMetadata();
    return new StructType(
        new StructField[] {
          new StructField(FEATURES, SQLDataTypes.VectorType(), false, metadata),
          new StructField(LABEL, DataTypes.DoubleType, false, Metadata.empty())
        });
  }
}
