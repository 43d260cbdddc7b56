/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Runs as a page to look at: {@code report.html}, one file without scripts that needs no other.
 *
 * <p>{@link org.anodespark.jobs.report.ReportPage} lays out what {@link
 * org.anodespark.jobs.run.RecordedRun}s hold: {@link org.anodespark.jobs.report.RunCurves} become
 * {@link org.anodespark.jobs.report.Chart}s, {@link org.anodespark.jobs.report.RunFigures} and
 * settings become {@link org.anodespark.jobs.report.ComparisonTable}s, and an evaluation, if there
 * is one, a {@link org.anodespark.jobs.report.ConfusionMatrix} with {@link
 * org.anodespark.jobs.report.MistakeSamples}. The job {@code report} writes it for any runs; {@code
 * train} and {@code evaluate} write that of their own run.
 *
 * <p>Whatever comes from a file goes through {@link org.anodespark.jobs.report.Html}, which knows
 * no way to write text without escaping it, and settings through {@link
 * org.anodespark.jobs.report.Redaction}. Charts are drawn here and not by a library, because those
 * of Java need fonts and libraries of the desktop, which machines of a cluster lack.
 */
package org.anodespark.jobs.report;
