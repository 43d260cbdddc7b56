/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.util.Map;
import java.util.function.Supplier;
import org.anodespark.jobs.data.CheckJob;
import org.anodespark.jobs.data.PrepareJob;
import org.anodespark.jobs.doctor.DoctorJob;
import org.anodespark.jobs.evaluate.EvaluateJob;
import org.anodespark.jobs.experiment.ExperimentJob;
import org.anodespark.jobs.export.ExportJob;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.network.OdeBlockStatistics;
import org.anodespark.jobs.network.OdeNetworkFactory;
import org.anodespark.jobs.predict.PredictJob;
import org.anodespark.jobs.report.ReportJob;
import org.anodespark.jobs.sweep.SweepJob;
import org.anodespark.jobs.train.TrainJob;

/** Which job runs under which name. */
public final class JobRegistry {
  private final Map<JobName, Supplier<Job>> jobs;

  /**
   * @param jobs makes the job of each name, one for every {@link JobName} that may be run
   */
  public JobRegistry(Map<JobName, Supplier<Job>> jobs) {
    this.jobs = Map.copyOf(jobs);
  }

  /** The jobs of this project. */
  public static JobRegistry standard() {
    return new JobRegistry(
        Map.ofEntries(
            entry(JobName.PREPARE, PrepareJob::new),
            entry(JobName.CHECK, CheckJob::new),
            entry(
                JobName.TRAIN,
                () -> new TrainJob(new OdeNetworkFactory(), new OdeBlockStatistics())),
            entry(
                JobName.EXPERIMENT,
                () -> new ExperimentJob(new OdeNetworkFactory(), new OdeBlockStatistics())),
            entry(
                JobName.SWEEP,
                () -> new SweepJob(new OdeNetworkFactory(), new OdeBlockStatistics())),
            entry(JobName.EVALUATE, EvaluateJob::new),
            entry(JobName.PREDICT, PredictJob::new),
            entry(JobName.EXPORT, ExportJob::new),
            entry(JobName.REPORT, ReportJob::new),
            entry(JobName.DOCTOR, () -> new DoctorJob(new OdeNetworkFactory()))));
  }

  private static Map.Entry<JobName, Supplier<Job>> entry(JobName name, Supplier<Job> job) {
    return Map.entry(name, job);
  }

  /**
   * Makes the job of that name.
   *
   * @throws IllegalStateException when there is none, which is a defect: {@link JobName} lists it
   */
  Job create(JobName name) {
    Supplier<Job> job = jobs.get(name);
    if (job == null) {
      throw new IllegalStateException("No class runs the job " + name.typed());
    }
    return job.get();
  }
}
