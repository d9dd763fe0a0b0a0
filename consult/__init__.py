"""The service: consultations, people, pages and commands."""
