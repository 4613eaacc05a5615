"""Outgoing calls: the mock talks to servers on its own machine and to no others."""

import asyncio
import ipaddress

import httpx

from mockserver.world.webhooks.calls import NoReply, Outgoing, Reply, TimedOut

LONGEST = 20.0
"""Seconds; the server waits as long as it is told."""
LARGEST = 10 * 1024 * 1024
"""Bytes of an answer."""
LAST_PORT = 65535


async def post(call: Outgoing) -> Reply | NoReply:
    """Make a call and return what came of it; it is never raised.

    Only loopback addresses are called, directly and without following a redirect, so that no
    request to the mock leaves the machine. Other names are not even looked up.
    """
    try:
        url = httpx.URL(call.url)
        if (url.port or 0) > LAST_PORT:
            return _failed(call, f"there is no port {url.port}")
        if not _is_loopback(url.host):
            return _failed(call, "the mock calls its own machine only")
        async with asyncio.timeout(min(call.timeout, LONGEST)):
            return await _exchange(call, url)
    except TimeoutError:
        return TimedOut()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return _failed(call, str(error))


async def _exchange(call: Outgoing, url: httpx.URL) -> Reply | NoReply:
    # Without the environment's proxies, which would carry the call off the machine.
    async with (
        httpx.AsyncClient(trust_env=False, timeout=None) as client,
        client.stream("POST", url, headers=call.headers, json=call.body) as answer,
    ):
        content = bytearray()
        async for chunk in answer.aiter_bytes():
            content += chunk
            if len(content) > LARGEST:
                return _failed(call, f"the answer is larger than {LARGEST} bytes")
        return Reply(answer.status_code, content.decode("utf-8", "replace"))


def _is_loopback(host: str) -> bool:
    """Tell whether a host is this machine: `localhost`, `127.0.0.0/8` or `::1`."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _failed(call: Outgoing, why: str) -> NoReply:
    return NoReply(f"request to {call.url} failed, reason: {why}")
