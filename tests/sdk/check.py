"""What a Python client that openapi-python-client generated makes of a later version of the API.

Run by `tests/sdk/run`, with the server's address as its argument and the client beside it as `generated`.
"""

import sys

import httpx
from generated import Client
from generated.api.calls import get_call
from generated.api.messages import get_message, send_message_batch
from generated.api.numbers import list_property_numbers
from generated.api.projects import update_project
from generated.models import (
    BatchEntry,
    ErrorResponse,
    NewMessage,
    NewMessageBatch,
    NumberPage,
    OnlineLogin,
    Permission,
    ProjectChanges,
)

sent: list[httpx.Request] = []
client = Client(
    base_url=sys.argv[1],
    httpx_args={"auth": ("AC1", "secret"), "event_hooks": {"request": [sent.append]}},
)
failed = 0


def check(name: str, found: object, expected: object) -> None:
    global failed
    failed += found != expected
    print(f"{'ok' if found == expected else 'FAILED'}: {name}: {found!r}")


def attempt(name: str, expected: object, probe) -> None:
    try:
        check(name, probe(), expected)
    except Exception as error:  # The point is to see which.
        check(name, error, expected)


def unknown_code() -> object:
    error = get_call.sync(call_sid="C1", client=client)
    assert isinstance(error, ErrorResponse)
    status = error.response_status
    return str(status.error_code), [entry.field_name for entry in status.errors]


def unknown_status() -> object:
    return str(get_message.sync(message_sid="M1", client=client).message.status)


def batch() -> object:
    message = NewMessage(to="+61491570156", text="Hello")
    entries = send_message_batch.sync(
        property_sid="P1", client=client, body=NewMessageBatch(messages=[message, message])
    )
    assert all(isinstance(entry, BatchEntry) for entry in entries)
    return entries[0].message_sid, str(entries[1].error_code)


def comma_list() -> object:
    page = list_property_numbers.sync(property_sid="P1", client=client, type_="Local,Toll-Free")
    assert isinstance(page, NumberPage), page
    return [number.friendly for number in page.numbers]


def merge_patch() -> object:
    changed = update_project.sync_detailed(
        property_sid="P1", client=client, body=ProjectChanges(name="Renamed")
    )
    return changed.status_code.value, sent[-1].headers["Content-Type"]


def permission() -> object:
    login = OnlineLogin.from_dict({"Permissions": [{"PropertySid": "P1", "Scopes": "Manage"}]})
    assert isinstance(login.permissions[0], Permission)
    return login.to_dict()["Permissions"]


attempt("an unknown error code", ("CALL_ARCHIVED", ["CallSid"]), unknown_code)
attempt("an unknown message status", "Teleported", unknown_status)
attempt("a batch entry with an unknown code", ("M1", "RECIPIENT_ON_MARS"), batch)
attempt("a comma list", ["Local", "Toll-Free"], comma_list)
attempt("the query on the wire", "Type=Local%2CToll-Free", lambda: sent[-1].url.query.decode())
attempt("a merge patch", (204, "application/merge-patch+json"), merge_patch)
attempt("a permission", [{"PropertySid": "P1", "Scopes": "Manage"}], permission)
sys.exit(failed)
