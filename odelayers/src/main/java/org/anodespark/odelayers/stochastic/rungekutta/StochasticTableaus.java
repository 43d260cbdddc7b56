/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

/** The coefficients of the named methods, each written once; sources stand in the package guide. */
final class StochasticTableaus {
  private static final double[] NONE = {};

  private StochasticTableaus() {}

  /** One stage, strong order 0.5. */
  static StochasticTableau eulerMaruyama() {
    return new StochasticTableau(
        0.5,
        new double[][] {NONE},
        new double[][] {NONE},
        new double[][] {NONE},
        new double[][] {NONE},
        new double[] {1},
        new double[][] {{1}, {0}, {0}, {0}});
  }

  /** One evaluation of f and two of g, strong order 1. */
  static StochasticTableau milstein() {
    return new StochasticTableau(
        1.0,
        new double[][] {NONE, {0}},
        new double[][] {NONE, {1}},
        new double[][] {NONE, {0}},
        new double[][] {NONE, {1}},
        new double[] {1, 0},
        new double[][] {{1, 0}, {-1, 1}, {0, 0}, {0, 0}});
  }

  /** Four stages, strong order 1.5; chosen for a large region of stability. */
  static StochasticTableau sosri() {
    return new StochasticTableau(
        1.5,
        new double[][] {
          NONE,
          {-0.04199224421316468},
          {2.842612915017106, -2.0527723684000727},
          {4.338237071435815, -2.8895936137439793, 2.3017575594644466}
        },
        new double[][] {
          NONE,
          {0.26204282091330466},
          {0.20903646383505375, -0.1502377115150361},
          {0.05836595312746999, 0.6149440396332373, 0.08535117634046772}
        },
        new double[][] {
          NONE,
          {-0.21641093549612528},
          {1.5336352863679572, 0.26066223492647056},
          {-1.0536037558179159, 1.7015284721089472, -0.20725685784180017}
        },
        new double[][] {
          NONE,
          {-0.5119011827621657},
          {2.67767339866713, -4.9395031322250995},
          {0.15580956238299215, 3.2361551006624674, -1.4223118283355949}
        },
        new double[] {
          1.140099274172029, -0.6401334255743456, 0.4736296532772559, 0.026404498125060714
        },
        new double[][] {
          {-1.8453464565104432, 2.688764531100726, -0.2523866501071323, 0.40896857551684956},
          {0.4969658141589478, -0.5771202869753592, -0.12919702470322217, 0.2093514975196336},
          {2.8453464565104425, -2.688764531100725, 0.2523866501071322, -0.40896857551684945},
          {0.11522663875443433, -0.57877086147738, 0.2857851028163886, 0.17775911990655704}
        });
  }

  /** Four stages, strong order 1.5; the drift of the last two is evaluated at the step's end. */
  static StochasticTableau sosri2() {
    return new StochasticTableau(
        1.5,
        new double[][] {
          NONE,
          {0.13804532298278663},
          {0.5818361298250374, 0.4181638701749618},
          {0.4670018408674211, 0.8046204792187386, -0.27162232008616016}
        },
        new double[][] {
          NONE,
          {0.45605532163856893},
          {0.7555807846451692, 0.24441921535482677},
          {0.6981181143266059, 0.3453277086024727, -0.04344582292908241}
        },
        new double[][] {
          NONE,
          {0.08852381537667678},
          {1.0317752458971061, 0.4563552922077882},
          {1.73078280444124, -0.46089678470929774, -0.9637509618944188}
        },
        new double[][] {
          NONE,
          {0.6753186815412179},
          {-0.07452812525785148, -0.49783736486149366},
          {-0.5591906709928903, 0.022696571806569924, -0.8984927888368557}
        },
        new double[] {
          -0.15036858140642623, 0.7545275856696072, 0.686995463807979, -0.2911544680711602
        },
        new double[][] {
          {-0.45315689727309133, 0.8330937231303951, 0.3792843195533544, 0.24077885458934192},
          {-0.4994383733810986, 0.9181786186154077, -0.25613778661003145, -0.16260245862427797},
          {1.4531568972730915, -0.8330937231303933, -0.3792843195533583, -0.24077885458934023},
          {-0.4976090683622265, 0.9148155835648892, -1.4102107084476505, 0.9930041932449877}
        });
  }
}
