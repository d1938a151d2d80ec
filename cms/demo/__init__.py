"""The demo: invented stories of invented municipalities, and the sourced facts of the real one.

Everything invented belongs to a fictional municipality or bill (docs/architecture.md, Fiction and fact);
tests/test_fiction.py holds the whole database against that rule.
"""

from cms.demo.seed import seed

__all__ = ["seed"]
