"""What `children` starts: sets up the service, runs one task of one module, and prints what it returned as JSON."""

import importlib
import json
import sys

import django


def main() -> None:
    """Run the task that the command line names."""
    module, task, options = sys.argv[1:]
    django.setup()
    tasks = importlib.import_module(f"tests.bench.{module}").TASKS
    print(json.dumps(tasks[task](**json.loads(options))))


if __name__ == "__main__":
    main()
