/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines in a plane with two logarithmic axes, octaves to the right, decades upwards: numbers of
 * steps are powers of two.
 */
public final class LogChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 600;

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.CROSS,
  };

  private final XYChart chart;
  private int series;

  /**
   * An empty chart.
   *
   * @param title one line
   * @param xTitle what runs to the right
   * @param yTitle what runs upwards
   */
  public LogChart(String title, String xTitle, String yTitle) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler());
  }

  private static void style(XYStyler styler) {
    ChartStyle.apply(styler);
    styler.setMarkerSize(7);
    // the logarithms are drawn, and their marks are labelled with what they stand for
    styler.setXAxisTickMarkSpacingHint(60);
    styler.setxAxisTickLabelsFormattingFunction(LogChart::powerOfTwo);
    styler.setyAxisTickLabelsFormattingFunction(LogChart::powerOfTen);
  }

  /** 1/4, 1/2, 1, 2, 4 ...; nothing between them. */
  static String powerOfTwo(double exponent) {
    if (exponent != Math.rint(exponent)) {
      return "";
    }
    return exponent >= 0
        ? String.valueOf(Math.round(Math.pow(2, exponent)))
        : "1/" + Math.round(Math.pow(2, -exponent));
  }

  /** 0.01, 0.1, 1, 10 ...; far from 1 as 1e-5; two digits between the powers. */
  static String powerOfTen(double exponent) {
    double value = Math.pow(10, exponent);
    if (exponent >= -3 && exponent <= 5) {
      return new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros().toPlainString();
    }
    return exponent == Math.rint(exponent)
        ? "1e" + Math.round(exponent)
        : String.format(Locale.ROOT, "%.1e", value);
  }

  /**
   * A line through points with a mark at each; points that a logarithmic axis cannot show are left
   * out.
   *
   * @param name for the legend, not used before
   * @param x positive
   * @param y one for each x
   */
  public LogChart line(String name, double[] x, double[] y) {
    XYSeries line = add(name, x, y);
    if (line != null) {
      Color colour = ChartStyle.COLOURS.get(series % ChartStyle.COLOURS.size());
      line.setLineColor(colour);
      line.setMarkerColor(colour);
      line.setMarker(MARKERS[series % MARKERS.length]);
      line.setLineStyle(new BasicStroke(1.6f));
      series++;
    }
    return this;
  }

  /** A thin dashed line without marks, to compare slopes with. */
  public LogChart guide(String name, double[] x, double[] y) {
    XYSeries line = add(name, x, y);
    if (line != null) {
      line.setLineColor(Color.GRAY);
      line.setMarker(SeriesMarkers.NONE);
      line.setLineStyle(SeriesLines.DASH_DASH);
      line.setLineWidth(1f);
    }
    return this;
  }

  private XYSeries add(String name, double[] x, double[] y) {
    int[] shown =
        IntStream.range(0, x.length).filter(i -> y[i] > 0 && Double.isFinite(y[i])).toArray();
    if (shown.length == 0) {
      return null;
    }
    double[] exponents =
        Arrays.stream(shown).mapToDouble(i -> Math.log(x[i]) / Math.log(2)).toArray();
    double[] logarithms = Arrays.stream(shown).mapToDouble(i -> Math.log10(y[i])).toArray();
    return chart.addSeries(name, exponents, logarithms);
  }

  /** The chart as a picture. */
  public BufferedImage draw() {
    return BitmapEncoder.getBufferedImage(chart);
  }
}
