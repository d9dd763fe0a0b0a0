"""The way out: every number and every file that leaves the service."""
