import comm
import ipywidgets
import pytest

from manabiba_widgets.page import number_widgets


def slider_ids() -> list[str]:
    slider = ipywidgets.IntSlider()
    box = ipywidgets.VBox([slider])
    made = [slider.layout, slider.style, slider, box.layout, box]
    ids = [widget.model_id for widget in made]
    for widget in made:
        widget.close()
    return ids


def test_the_same_widgets_get_the_same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comm, "create_comm", comm.create_comm)  # put back after the test
    create = comm.create_comm
    number_widgets()
    first = slider_ids()
    comm.create_comm = create
    number_widgets()
    assert slider_ids() == first
    assert all(name.startswith("widget-") for name in first)


def test_an_id_that_is_given_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comm, "create_comm", comm.create_comm)
    number_widgets()
    label = ipywidgets.Label(model_id="exercise-x-1")
    assert label.model_id == "exercise-x-1"
    for widget in (label.layout, label.style, label):
        widget.close()
