"""`make bench`: start-up and requests per second on chats-per-agent, in interleaved rounds."""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
from collections import defaultdict

from bench import scale
from bench.servers import HEADERS, PATH, SERVERS, Server, free_port, install_prism, start
from bench.speed_page import PAGE, put

CONNECTIONS = (1, 16)
PAGE_TEXT = """
## Beside other servers

Made by `make bench ARGS=--write`: medians of {rounds} interleaved rounds, {seconds} s of `wrk -t1`
per server, round and number of connections, on chats-per-agent in the default world. Requests per
second; times in seconds from exec to the first 200. The machine was shared: compare the rows of
this table with each other, not two runs.

{table}
"""


def main() -> int:
    """Measure and print; with --write, keep the table in the documentation."""
    if "--scale" in sys.argv:
        return scale.main([given for given in sys.argv[1:] if given != "--scale"])
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of load per server and round")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    parser.add_argument("--scale", action="store_true", help="measure worlds of different sizes")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("bench: wrk is needed: install the package wrk (apt-get install wrk)")
        return 2
    servers = list(SERVERS)
    if why := install_prism():
        print(f"bench: Prism is left out: {why}")
        servers = [server for server in servers if server.name != "Prism"]
    starts, rates = measure(servers, options.rounds, options.seconds)
    text = table(servers, starts, rates)
    print(text)
    if options.write:
        put("servers", page(text, options.rounds, options.seconds))
    return 0


Starts = dict[str, list[float]]
Rates = dict[tuple[str, int], list[float]]


def measure(servers: list[Server], rounds: int, seconds: int) -> tuple[Starts, Rates]:
    """Return start-up times and rates; each round takes every server once, one after another."""
    starts: Starts = defaultdict(list)
    rates: Rates = defaultdict(list)
    for number in range(1, rounds + 1):
        for server in servers:
            print(f"round {number} of {rounds}: {server.name}", file=sys.stderr)
            port = free_port()
            process, took = start(server, port)
            starts[server.name].append(took)
            try:
                for connections in CONNECTIONS:
                    rate = load(port, connections, seconds)
                    rates[server.name, connections].append(rate)
            finally:
                process.terminate()
                process.wait(20)
    return starts, rates


def load(port: int, connections: int, seconds: int) -> float:
    """Return the requests per second that wrk gets; any answer but 200 ends the measurement."""
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *headers]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{PATH}"], capture_output=True, text=True, check=True
    )
    if "Non-2xx" in done.stdout:
        raise SystemExit(f"answers other than 2xx:\n{done.stdout}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None:
        raise SystemExit(f"wrk said something unexpected:\n{done.stdout}")
    return float(found[1])


def table(servers: list[Server], starts: Starts, rates: Rates) -> str:
    """Return the medians as a Markdown table; the factor is against bare Connexion."""
    base = statistics.median(rates["bare Connexion", 16])
    lines = [
        "| Server | What it does | first 200, s | 1 connection | 16 connections | to bare |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for server in servers:
        one, many = (statistics.median(rates[server.name, n]) for n in CONNECTIONS)
        began = statistics.median(starts[server.name])
        cells = [f"{began:.2f}", f"{one:,.0f}", f"{many:,.0f}", f"{many / base:.1f}"]
        lines.append(f"| {server.name} | {server.about} | {' | '.join(cells)} |")
    return "\n".join(lines)


def page(text: str, rounds: int, seconds: int) -> str:
    """Return the page of the documentation."""
    return PAGE_TEXT.format(rounds=rounds, seconds=seconds, table=text)


if __name__ == "__main__":
    sys.exit(main())
