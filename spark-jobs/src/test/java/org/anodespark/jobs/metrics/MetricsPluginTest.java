/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.api.plugin.PluginContext;
import org.junit.jupiter.api.Test;

class MetricsPluginTest {
  private final MetricsPlugin plugin = new MetricsPlugin();

  @Test
  void theDriverHasMetricsOfTheTraining() {
    MetricRegistry registry = new MetricRegistry();
    plugin.driverPlugin().registerMetrics("app-1", context(registry));

    TrainingMetrics.ofThisProcess().roundFinished(new RoundFigures(10, 20, 3, 5, 0.25, 2, 0.1, 7));
    TrainingMetrics.ofThisProcess().roundFinished(new RoundFigures(10, 20, 3, 6, 0.5, 1, 0.1, 8));
    TrainingMetrics.ofThisProcess().epochFinished(0.75);

    assertThat(registry.getCounters().get("training.rounds").getCount()).isEqualTo(2);
    assertThat(registry.getCounters().get("training.examples").getCount()).isEqualTo(20);
    assertThat(registry.getCounters().get("training.evaluations").getCount()).isEqualTo(40);
    assertThat(registry.getCounters().get("training.rejectedSteps").getCount()).isEqualTo(6);
    assertThat(gauge(registry, "training.imagesPerSecond")).isEqualTo(6.0);
    assertThat(gauge(registry, "training.overheadFraction")).isEqualTo(0.5);
    assertThat(gauge(registry, "training.trainLoss")).isEqualTo(1.0);
    assertThat(gauge(registry, "training.learningRate")).isEqualTo(0.1);
    assertThat(gauge(registry, "training.peakMemoryBytes")).isEqualTo(8L);
    assertThat(gauge(registry, "training.testAccuracy")).isEqualTo(0.75);
  }

  @Test
  void executorsHaveMetricsOfTheirWorkers() {
    MetricRegistry registry = new MetricRegistry();
    plugin.executorPlugin().init(context(registry), Map.of());

    WorkerMetrics.ofThisProcess().updated(32, 20, 3, 1000, "onednn");
    WorkerMetrics.ofThisProcess().updated(8, 10, 0, 900, "onednn");

    assertThat(registry.getMeters().get("worker.examples").getCount()).isEqualTo(40);
    assertThat(registry.getCounters().get("worker.updates").getCount()).isEqualTo(2);
    assertThat(registry.getCounters().get("worker.evaluations").getCount()).isEqualTo(30);
    assertThat(registry.getCounters().get("worker.rejectedSteps").getCount()).isEqualTo(3);
    assertThat(gauge(registry, "worker.residentBytes")).isEqualTo(900L);
    assertThat(gauge(registry, "worker.kernels")).isEqualTo("onednn");
  }

  @Test
  void noNameIsThatOfBothSidesWhichShareARegistryInLocalMode() {
    MetricRegistry registry = new MetricRegistry();

    plugin.driverPlugin().registerMetrics("app-1", context(registry));
    int ofDriver = registry.getNames().size();
    plugin.executorPlugin().init(context(registry), Map.of());

    assertThat(registry.getNames()).hasSize(ofDriver + 6);
  }

  @Test
  void aFailureDoesNotReachSparkWhichWouldStartExecutorsWithoutEnd() {
    // as a context of another version of Spark might be
    PluginContext broken =
        contextThat(
            () -> {
              throw new NoSuchMethodError("metricRegistry");
            });
    WorkerMetrics before = WorkerMetrics.ofThisProcess();

    plugin.executorPlugin().init(broken, Map.of());
    plugin.driverPlugin().registerMetrics("app-1", broken);

    assertThat(WorkerMetrics.ofThisProcess()).isSameAs(before);
  }

  private static Object gauge(MetricRegistry registry, String name) {
    return registry.getGauges().get(name).getValue();
  }

  private static PluginContext context(MetricRegistry registry) {
    return contextThat(() -> registry);
  }

  private static PluginContext contextThat(Supplier<MetricRegistry> registry) {
    return (PluginContext)
        Proxy.newProxyInstance(
            MetricsPluginTest.class.getClassLoader(),
            new Class<?>[] {PluginContext.class},
            (proxy, method, arguments) -> registry.get());
  }
}
