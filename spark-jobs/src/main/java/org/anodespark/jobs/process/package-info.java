/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Processes of this machine, told from each other after others have ended: what a run's owner and
 * the daemons of a trial cluster have in common.
 */
package org.anodespark.jobs.process;
