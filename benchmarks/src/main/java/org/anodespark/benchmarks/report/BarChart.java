/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.examples.report.ChartStyle;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** A bar for each sample, as high as its median, with half the distance of the quartiles on top. */
public final class BarChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 860;

  private final String title;
  private final String unit;
  private final List<String> names = new ArrayList<>();
  private final List<Double> heights = new ArrayList<>();
  private final List<Double> spreads = new ArrayList<>();

  /**
   * A chart without bars.
   *
   * @param title one line
   * @param unit what the bars count
   */
  public BarChart(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /**
   * Adds a bar to the right.
   *
   * @param name not used before
   */
  public BarChart bar(String name, Sample sample) {
    names.add(name);
    heights.add(sample.median());
    spreads.add((sample.upperQuartile() - sample.lowerQuartile()) / 2);
    return this;
  }

  /** The chart as a picture; at least one bar is there. */
  public BufferedImage draw() {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLabelRotation(90);
    chart.getStyler().setYAxisMin(0.0);
    chart.addSeries(unit, names, heights, spreads).setFillColor(ChartStyle.COLOURS.get(0));
    return BitmapEncoder.getBufferedImage(chart);
  }
}
