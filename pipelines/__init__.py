"""When things run: Dagster and the command line. What is computed and how it is stored do not belong here."""

import os
import sys

# Work is spread over processes, each on one core: numpy reads this when it is loaded, and the parser asks for it
# (`transforms.language`). Where numpy is there already, it is too late.
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
