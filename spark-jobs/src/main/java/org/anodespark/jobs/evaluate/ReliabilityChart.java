/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Accuracy over confidence. Where a mark lies below the diagonal, the network is surer than it
 * should be. Diamonds tell how full the bins are.
 */
final class ReliabilityChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 640;
  private static final Color BLUE = new Color(0x0072B2);

  private ReliabilityChart() {}

  /** The chart as a picture. */
  static BufferedImage draw(String title, Calibration calibration) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("confidence: probability of the predicted class")
            .yAxisTitle("accuracy: share of right predictions")
            .build();
    style(chart.getStyler());
    XYSeries diagonal = chart.addSeries("calibrated", new double[] {0, 1}, new double[] {0, 1});
    diagonal.setMarker(SeriesMarkers.NONE);
    diagonal.setLineColor(Color.GRAY);
    diagonal.setLineStyle(SeriesLines.DASH_DASH);
    diagonal.setLineWidth(1f);
    List<Calibration.Bin> filled =
        calibration.bins().stream().filter(bin -> bin.examples() > 0).toList();
    XYSeries measured =
        chart.addSeries(
            "this network",
            filled.stream().mapToDouble(Calibration.Bin::confidence).toArray(),
            filled.stream().mapToDouble(Calibration.Bin::accuracy).toArray());
    measured.setLineColor(BLUE);
    measured.setMarkerColor(BLUE);
    measured.setMarker(SeriesMarkers.CIRCLE);
    addShares(chart, filled);
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** How many examples have which confidence. */
  private static void addShares(XYChart chart, List<Calibration.Bin> filled) {
    double examples = filled.stream().mapToLong(Calibration.Bin::examples).sum();
    double[] middles =
        filled.stream().mapToDouble(bin -> (bin.lowest() + bin.highest()) / 2).toArray();
    double[] shares =
        IntStream.range(0, filled.size())
            .mapToDouble(i -> filled.get(i).examples() / examples)
            .toArray();
    XYSeries series = chart.addSeries("share of all examples in the bin", middles, shares);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.DIAMOND);
    series.setMarkerColor(new Color(0xE69F00));
  }

  private static void style(XYStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    styler.setBaseFont(font);
    styler.setChartTitleFont(font.deriveFont(Font.BOLD, 15f));
    styler.setAxisTitleFont(font);
    styler.setAxisTickLabelsFont(font);
    styler.setLegendFont(font);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(1.0);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(1.0);
  }
}
