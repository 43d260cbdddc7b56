/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The bridge from settings to networks of the module odelayers, and from their ODE blocks back to
 * what a training reports.
 */
package org.anodespark.jobs.network;
