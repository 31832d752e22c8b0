"""Run one command; print how many seconds it took, the MiB that it had in memory at most, and its status, as JSON.

A process is charged with the memory of the one that started it, as it was at that moment: hence this small one.
"""

import json
import os
import sys
import time

start = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - start
memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(json.dumps([seconds, memory, os.waitstatus_to_exitcode(status)]))
