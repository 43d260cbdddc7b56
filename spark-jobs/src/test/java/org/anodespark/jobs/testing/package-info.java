/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/** What tests of several packages share: settings, contexts, a local Spark, small networks. */
package org.anodespark.jobs.testing;
