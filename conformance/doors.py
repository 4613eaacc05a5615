"""What stands where a server was expected, in a sentence that says what to do."""

import json
from urllib.parse import urljoin, urlsplit

import requests
from requests import Response

NO_TLS = (
    "WRONG_VERSION_NUMBER",
    "RECORD_LAYER_FAILURE",
    "PACKET_LENGTH_TOO_LONG",
    "UNEXPECTED_EOF",
)
CLOSED = ("aborted", "reset", "disconnected", "badstatusline", "broken pipe")


def unreachable(url: str, error: requests.RequestException) -> str:
    """Why no answer came from an address."""
    return f"{url} cannot be reached: {_cause(url, error)}."


def _cause(url: str, error: requests.RequestException) -> str:
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        if any(word in text.upper() for word in NO_TLS):
            return f"it does not speak TLS, try http://{url.partition('://')[2]}"
        return "its TLS certificate is not valid; --ca names the authorities to trust"
    if isinstance(error, requests.Timeout):
        return "it does not answer in time; --timeout lets it take longer"
    if isinstance(error, requests.ConnectionError):
        return _connection(url, text.lower())
    return " ".join(text.split())


def _connection(url: str, text: str) -> str:
    if "resol" in text or "name or service" in text:
        return "its name is unknown; see that it is spelled right"
    if any(word in text for word in CLOSED):
        tls = f", try https://{url.partition('://')[2]}" if url.startswith("http://") else ""
        return f"it closes the connection without an answer{tls}"
    return "nothing answers there; see that it runs, and on which port"


def no_api(url: str, answer: Response, path: str) -> str | None:
    """What is wrong with an address whose answer is not one of the API; None for one that is."""
    if answer.is_redirect:
        return _led_away(url, answer, path)
    is_json = _is_json(answer)
    if answer.status_code in (404, 405, 501):
        below = "give the address below which /api/info answers"
        return f"There is no API at {url}: {path} answers {answer.status_code}; {below}."
    if is_json:
        return None
    what = f"{path} answers {answer.status_code} with a page instead of JSON"
    if answer.status_code >= 500:
        return f"{url} is not in order: {what}; see that the server behind it runs."
    help_ = "a login page or a gateway may stand before it, which --header may open"
    return f"{url} does not show its API: {what}; {help_}."


def _led_away(url: str, answer: Response, path: str) -> str:
    """What to do where a server sends its callers elsewhere."""
    elsewhere = urljoin(url + path, answer.headers["Location"])
    parts = urlsplit(elsewhere)
    said = f"{url} sends callers of its API to {parts.scheme}://{parts.netloc}{parts.path}"
    if parts.path.endswith(path):
        base = elsewhere.partition("?")[0].removesuffix(path)
        return f"{said}: give {base} as the address."
    return f"{said}: a login page may stand before it, which --header may open."


def _is_json(answer: Response) -> bool:
    try:
        json.loads(answer.content)
    except ValueError:
        return False
    return True
