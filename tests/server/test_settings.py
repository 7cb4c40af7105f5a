from pathlib import Path

import pytest

from manabiba_server.settings import SETTINGS, SettingsError, read_settings

ROOT = Path(__file__).parents[2]


def test_arguments_before_environment_before_defaults(tmp_path: Path) -> None:
    environment = {"MANABIBA_HOME": str(tmp_path / "env"), "MANABIBA_PORT": "9000"}
    settings = read_settings(environment, home=tmp_path / "given")
    assert (settings.home, settings.port) == (tmp_path / "given", 9000)
    assert settings.database_url == f"sqlite:///{tmp_path / 'given' / 'manabiba.db'}"
    assert read_settings({}).port == 8866


def test_links_use_the_public_address_when_there_is_one() -> None:
    assert read_settings({}).base_url == "http://localhost:8866"
    public = {"MANABIBA_PUBLIC_URL": "https://manabu.example/"}
    assert read_settings(public).base_url == "https://manabu.example"


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1", "²"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="port"):
        read_settings({"MANABIBA_PORT": port})


@pytest.mark.parametrize("kernels", ["0", "many", "-3"])
def test_a_limit_that_is_none_is_refused(kernels: str) -> None:
    with pytest.raises(SettingsError, match="kernels"):
        read_settings({"MANABIBA_KERNELS": kernels})


@pytest.mark.parametrize("url", ["just-a-file.db", "foo://x", "postgresql://me:secret@host:port/x"])
def test_a_database_url_that_is_none_is_refused_without_being_told(url: str) -> None:
    with pytest.raises(SettingsError, match="database_url: give a URL") as refused:
        read_settings({"MANABIBA_DATABASE_URL": url})
    assert url not in str(refused.value)


def test_every_setting_is_in_the_docs() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.variable}`" in text, setting.name
