import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_server.comm_socket import (
    LARGEST_MESSAGE,
    MessageRefused,
    _without_exercises,
    read_page_message,
    read_voila_message,
)


def message(**changes: object) -> dict[str, object]:
    return {
        "header": {"msg_id": "1", "msg_type": "comm_msg"},
        "parent_header": {},
        "metadata": {},
        "content": {
            "comm_id": "exercise-a1-2",
            "data": {"method": "update", "state": {"answer": {"values": {}}, "check": 3}},
        },
        "channel": "shell",
        **changes,
    }


def test_an_update_of_an_answer_is_passed_on_with_nothing_else_in_it() -> None:
    sent = message(metadata={"x": 1}, channel="control", buffers=["x"])
    sent["content"]["data"]["buffer_paths"] = [["spec"]]  # type: ignore[index]
    read = read_page_message(json.dumps(sent))
    assert read["content"] == {
        "comm_id": "exercise-a1-2",
        "data": {"method": "update", "state": {"answer": {"values": {}}, "check": 3}},
    }
    assert (read["channel"], read["metadata"], read["buffers"]) == ("shell", {}, [])


@pytest.mark.parametrize(
    "kind",
    [
        "execute_request",
        "inspect_request",
        "complete_request",
        "history_request",
        "debug_request",
        "shutdown_request",
        "interrupt_request",
        "comm_open",
        "comm_close",
        "input_reply",
    ],
)
def test_other_message_types_are_refused(kind: str) -> None:
    sent = message(header={"msg_id": "1", "msg_type": kind})
    with pytest.raises(MessageRefused, match=kind):
        read_page_message(json.dumps(sent))


@pytest.mark.parametrize("name", ["spec", "feedback", "exercise_id", "_esm", "layout"])
def test_what_only_the_notebook_sets_cannot_be_set_from_a_page(name: str) -> None:
    sent = message()
    sent["content"]["data"]["state"] = {name: "x"}  # type: ignore[index]
    with pytest.raises(MessageRefused):
        read_page_message(json.dumps(sent))


@pytest.mark.parametrize("check", [[], {}, None, True, 1.5, "3"])
def test_the_number_of_a_check_is_a_number(check: object) -> None:
    sent = message()
    sent["content"]["data"]["state"]["check"] = check  # type: ignore[index]
    with pytest.raises(MessageRefused):
        read_page_message(json.dumps(sent))


@pytest.mark.parametrize("comm", ["jupyter.widget", "", "exercise-", "../x", 5, None])
def test_other_comms_are_refused(comm: object) -> None:
    sent = message()
    sent["content"]["comm_id"] = comm  # type: ignore[index]
    with pytest.raises(MessageRefused):
        read_page_message(json.dumps(sent))


def test_a_message_of_a_megabyte_is_refused() -> None:
    sent = message()
    sent["content"]["data"]["state"] = {"answer": {"text": "あ" * (LARGEST_MESSAGE // 3)}}  # type: ignore[index]
    with pytest.raises(MessageRefused, match="too large"):
        read_page_message(json.dumps(sent, ensure_ascii=False))


def test_binary_and_broken_text_are_refused() -> None:
    for sent in (b"\x00", "", "{", "[" * 100_000, "null", "[]", '"x"', "{}", '{"header": null}'):
        with pytest.raises(MessageRefused):
            read_page_message(sent)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(json_values, json_values)
def test_nothing_but_a_refusal_comes_of_any_json(header: object, content: object) -> None:
    with pytest.raises(MessageRefused):
        read_page_message(json.dumps(message(header=header, content=content)))


def widget_message(kind: str, content: object, **changes: object) -> str:
    header = {"msg_id": "1", "msg_type": kind, "session": "s"}
    return json.dumps(message(header=header, content=content, **changes))


CONTROL = "8960dbdb-ee51-4c73-8d0b-27f07c76e342"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("kernel_info_request", {}),
        ("comm_info_request", {"target_name": "jupyter.widget"}),
        ("comm_open", {"comm_id": CONTROL, "target_name": "jupyter.widget.control", "data": {}}),
        ("comm_msg", {"comm_id": CONTROL, "data": {"method": "request_states"}}),
        ("comm_close", {"comm_id": CONTROL, "data": {}}),
        (
            "comm_msg",
            {
                "comm_id": "widget-4",
                "data": {"method": "update", "state": {"value": 4}, "buffer_paths": []},
            },
        ),
    ],
)
def test_what_voilas_front_end_needs_is_passed_on(kind: str, content: dict[str, object]) -> None:
    read = read_voila_message(widget_message(kind, content, metadata={"x": 1}, channel="control"))
    assert read["content"] == content
    assert (read["header"]["msg_type"], read["channel"], read["buffers"]) == (kind, "shell", [])
    with pytest.raises(MessageRefused):
        read_page_message(widget_message(kind, content))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("execute_request", {"code": "1/0"}),
        ("complete_request", {"code": "a"}),
        ("shutdown_request", {"restart": False}),
        ("comm_open", {"comm_id": CONTROL, "target_name": "jupyter.widget", "data": {}}),
        ("comm_open", {"comm_id": "exercise-a1-2", "target_name": "jupyter.widget.control"}),
        ("comm_close", {"comm_id": "widget-4", "data": {}}),
        ("comm_close", {"comm_id": "exercise-a1-2", "data": {}}),
        ("comm_msg", {"comm_id": "widget-4", "data": {"method": "evaluate"}}),
        ("comm_msg", {"comm_id": "exercise-a1-2", "data": {"method": "request_state"}}),
        (
            "comm_msg",
            {"comm_id": "exercise-a1-2", "data": {"method": "update", "state": {"spec": {}}}},
        ),
    ],
)
def test_voilas_front_end_can_neither_execute_nor_touch_exercises(
    kind: str, content: dict[str, object]
) -> None:
    with pytest.raises(MessageRefused):
        read_voila_message(widget_message(kind, content))


@given(json_values, json_values)
def test_nothing_but_a_refusal_comes_of_any_json_there_either(
    header: object, content: object
) -> None:
    with pytest.raises(MessageRefused):
        read_voila_message(json.dumps(message(header=header, content=content)))


def test_voilas_front_end_does_not_hear_of_what_has_a_host_of_its_own() -> None:
    states = {"widget-1": {}, "exercise-a1-2": {}, "explorable-x": {}}
    paths = [["widget-1", "value"], ["exercise-a1-2", "answer"]]
    data = {"method": "update_states", "states": states, "buffer_paths": paths}
    shown = _without_exercises("comm_msg", {"comm_id": CONTROL, "data": data})
    assert shown["data"]["states"] == {"widget-1": {}}
    assert shown["data"]["buffer_paths"] == [["widget-1", "value"]]
    comms = _without_exercises("comm_info_reply", {"comms": states})["comms"]
    assert comms == {"widget-1": {}}
