"""What answers web requests: each view reads the request, calls a service or a query, and picks a template."""
