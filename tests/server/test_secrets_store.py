import stat
from pathlib import Path

from jupyter_server.auth.security import passwd_check

from manabiba_server.secrets_store import (
    cookie_secret,
    lab_password_hash,
    read_demo_links,
    set_lab_password,
    write_demo_links,
)


def test_secrets_stay_the_same_and_are_the_owners_alone(tmp_path: Path) -> None:
    secret = cookie_secret(tmp_path)
    assert len(secret) >= 32
    assert cookie_secret(tmp_path) == secret
    assert lab_password_hash(tmp_path) is None
    set_lab_password(tmp_path, "よこはま")
    write_demo_links(tmp_path, {"participant": "t"})
    assert read_demo_links(tmp_path) == {"participant": "t"}
    folder = tmp_path / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


def test_the_password_is_kept_as_a_hash(tmp_path: Path) -> None:
    set_lab_password(tmp_path, "よこはま")
    kept = str(lab_password_hash(tmp_path))
    assert "よこはま" not in kept
    assert passwd_check(kept, "よこはま")
    assert not passwd_check(kept, "よこすか")
