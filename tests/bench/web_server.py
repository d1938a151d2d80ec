"""`coalition.wsgi` that also lets the documents of tests.bench.shelves be found."""

from coalition.wsgi import application
from tests.bench.shelves import let_be_read

let_be_read()

__all__ = ["application"]
