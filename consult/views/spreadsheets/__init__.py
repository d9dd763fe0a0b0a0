"""Staff: spreadsheets of responses, from the file to what came in. A page for each stage; what is done is `response_import`."""

from consult.views.spreadsheets import columns, following, uploading

__all__ = ["columns", "following", "uploading"]
