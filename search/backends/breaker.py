"""A breaker: after failures nobody waits for the mirror any more until it has answered by itself.

Half open is nobody's request: a thread asks in the background, so that a reader never pays for the trial.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

FAILURES = 2
PAUSE = 2.0  # seconds between two looks whether it is back


class Breaker:
    """Closed while all is well. `probe` raises while the other side does not answer."""

    def __init__(self, probe: Callable[[], object]) -> None:
        self._probe = probe
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0
        self._probing = False

    @property
    def closed(self) -> bool:
        """Whether the mirror may be asked. When it is time, a look into the background begins."""
        if self._failures < FAILURES:
            return True
        with self._lock:
            due = time.monotonic() >= self._open_until and not self._probing
            self._probing = self._probing or due
        if due:
            threading.Thread(target=self._look, name="mirror-probe", daemon=True).start()
        return False

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self, reason: object) -> None:
        with self._lock:
            self._failures += 1
            self._open_until = time.monotonic() + PAUSE
        logger.warning("검색 서버가 답하지 않아 내장 검색으로 답합니다: %s", reason)

    def _look(self) -> None:
        try:
            self._probe()
        except Exception as error:
            self._open_until = time.monotonic() + PAUSE
            logger.info("검색 서버가 아직 쉽니다: %s", type(error).__name__)
        else:
            self._failures = 0
        finally:
            self._probing = False
