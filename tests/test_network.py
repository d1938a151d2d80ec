"""The network is closed in tests, and this proves it."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_another_host() -> None:
    with pytest.raises((SocketConnectBlockedError, SocketBlockedError)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
