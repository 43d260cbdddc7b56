/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;

/**
 * What {@link SettingsLoader} found.
 *
 * @param settings the checked values
 * @param config the same values as one HOCON tree, without substitutions and each in its type, so
 *     that equal settings have equal trees: rendered and loaded again, it gives the same once more
 */
public record ResolvedSettings(Settings settings, Config config) {}
