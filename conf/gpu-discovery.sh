#!/usr/bin/env bash
# Licensed under the Apache License, Version 2.0. See the LICENSE file.
#
# Tells Spark the addresses of the GPUs of this machine or container, as nvidia-smi counts them:
#   {"name": "gpu", "addresses": ["0", "1"]}
# For spark.worker.resource.gpu.discoveryScript of a standalone worker; on YARN it goes along with the job.
set -euo pipefail

nvidia-smi --query-gpu=index --format=csv,noheader |
  awk '{ gsub(/[^0-9]/, ""); list = list (NR > 1 ? ", " : "") "\"" $0 "\"" }
    END { printf "{\"name\": \"gpu\", \"addresses\": [%s]}\n", list }'
