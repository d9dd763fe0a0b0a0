"""What `spreadsheets` starts: runs `import_responses` as its own process does, and says last what it and its reader took."""

import resource
import sys
import time

from django.core.management import execute_from_command_line


def main() -> None:
    """Bring in the file that the command line names, then print seconds, processor seconds and megabytes."""
    began = time.perf_counter()
    execute_from_command_line(["manage.py", "import_responses", sys.argv[1], "--consultation", "wide"])
    seconds = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    # The reader is another process, at another time: the more of the two is what the machine must have.
    megabytes = max(each.ru_maxrss for each in used) * 1024 / 1e6
    print(f"{seconds:.2f} {cpu:.2f} {megabytes:.1f}")


if __name__ == "__main__":
    main()
