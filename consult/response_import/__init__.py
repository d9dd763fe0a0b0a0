"""Bringing spreadsheets of responses in: a job for each file, which is read, matched, checked and then taken in row by row.

`jobs` are the commands of people; `work` is what is done with a file, mostly in a process of its own (`starting`), a stage at a
time and never lost by being killed; `turns` sees to it that one process works at a time; `files` keeps what belongs to a job
beside the database; `columns` says what is wrong, or worth a warning, with a file's columns.
"""
