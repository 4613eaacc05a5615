"""Steps that several tests of the widget's administration begin with."""

from typing import Any

from tests.client import Answer, Client

API = "/api/v1/livechat"
TRIGGERS = f"{API}/triggers"
GREETING = {"name": "send-message", "params": {"sender": "queue", "msg": "May I help?"}}
SERVICE = {
    "name": "use-external-service",
    "params": {
        "serviceUrl": "http://localhost:8080/greet",
        "serviceTimeout": 5000,
        "serviceFallbackMessage": "Please wait.",
    },
}


def trigger(name: str = "Shy visitor", **more: Any) -> dict[str, Any]:
    """Return the body that saves a trigger."""
    return {
        "name": name,
        "description": "Greets who looks around.",
        "enabled": True,
        "runOnce": False,
        "conditions": [{"name": "time-on-site", "value": "30"}],
        "actions": [GREETING],
        **more,
    }


def save(manager: Client, name: str = "Shy visitor", **more: Any) -> Answer:
    """Save a trigger."""
    return manager.post(TRIGGERS, trigger(name, **more))


def listed(manager: Client) -> list[dict[str, Any]]:
    """Return all triggers as the list shows them."""
    found: list[dict[str, Any]] = manager.get(TRIGGERS, count=100).body["triggers"]
    return found


def saved(manager: Client, name: str = "Shy visitor", **more: Any) -> str:
    """Save a trigger and return its id, which only the list tells."""
    assert save(manager, name, **more).status == 200
    [trigger_id] = [one["_id"] for one in listed(manager) if one["name"] == name]
    return str(trigger_id)


def config(visitor: Client, **query: Any) -> Any:
    """Return the widget's configuration."""
    return visitor.get(f"{API}/config", **query).body["config"]


def set_setting(admin: Client, setting: str, value: Any) -> None:
    """Change a setting of the workspace."""
    answer = admin.post(f"/api/v1/settings/{setting}", {"value": value})
    assert answer.status == 200, answer.body
