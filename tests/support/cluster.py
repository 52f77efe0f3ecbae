"""A Dask cluster on this machine: a scheduler and worker processes, for tests and benchmarks."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import LocalCluster


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[LocalCluster]:
    """So many worker processes of one thread each; one that is killed is started again, as on any cluster."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        memory_limit=0,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster


def kill_one(cluster: LocalCluster) -> int:
    """Kill a worker process that is at work; return its number."""
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        busy = [worker for worker, tasks in client.processing().items() if tasks]
        process = int(client.run(os.getpid, workers=busy[:1])[busy[0]])
    os.kill(process, signal.SIGKILL)
    return process
