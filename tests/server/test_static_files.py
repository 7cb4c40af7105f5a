import re

from manabiba_server.static_files import SHARED, front_end_roots, static_roots, with_imports


def test_a_page_module_needs_no_other_request_than_the_shared_one() -> None:
    for root in static_roots().values():
        for name, data in root.files.items():
            if name.endswith(".js"):
                imported = re.findall(r'^import .* from "\./(.*)";', data.decode(), re.MULTILINE)
                assert imported in ([], [SHARED]), name


def test_an_import_of_imports_is_written_once() -> None:
    files = {
        "a.js": b'import { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
        "b.js": b'import { c } from "./c.js";\nexport function b() {}\n',
        "c.js": b"export const c = 1;\n",
    }
    assert with_imports("a.js", files) == b"const c = 1;\nfunction b() {}\nb(c);\n"


def test_addresses_change_with_the_content_and_only_then() -> None:
    roots = static_roots()
    assert roots == static_roots()
    for root in roots.values():
        assert all(re.fullmatch(r"/static/[a-z]+/[0-9a-f]{16}/.+", root.url(f)) for f in root.files)


def test_voilas_front_end_is_served_from_what_is_installed() -> None:
    roots = front_end_roots()
    assert "voila.js" in roots["voila"].paths
    assert any(
        re.fullmatch(r"@voila-dashboards/widgets-manager8/static/remoteEntry\..*\.js", name)
        for name in roots["labextensions"].paths
    )
    assert all(path.is_file() for root in roots.values() for path in root.paths.values())
