"""A whole hub in one file, and back: rows in a form that both databases read, files, and a hash of everything.

`rows` turns rows into lines and back, `archive` is the file, `making` and `restoring` are the two ways.
"""


class BackupRefused(Exception):
    """Nothing was done; the message says why and what to do."""
