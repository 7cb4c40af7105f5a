"""The team board, as a coordinator uses it; and who else gets to see it."""

import io
import re
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
WIDTHS = [390, 1280]
PEOPLE = "お名前,スキル,第1希望,活動できる日時\nA,広報,広場,土曜\nB,,広場,土曜\nC,,,土曜\n"
GROUPS = (
    "団体,必要なスキル,最少人数,最多人数,活動できる日時\n広場,広報,1,{},土曜\n食堂,会計,1,1,土曜\n"
)


@pytest.fixture
def check(violations) -> Callable[[Page], None]:
    """`check(page)`: no violations, and nothing wider than a phone or a desk."""

    def page_is_right(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    return page_is_right


def csv(name: str, text: str) -> dict:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def send(page, people: str, groups: str) -> None:
    page.set_input_files("#people", csv("受講者.csv", people))
    page.set_input_files("#organisations", csv("団体.csv", groups))
    page.get_by_role("button", name="読みこむ").click()


def board_of(server) -> str:
    return f"{server.url}/room/accounting-demo/matching"


def test_only_staff_of_the_run_see_the_board(server, visit) -> None:
    board = board_of(server)
    [link] = server.invite("受講 太郎")
    page = visit(link)
    for address in (board, f"{board}/template.xlsx", f"{board}/teams.xlsx"):
        assert page.request.get(address).status == 403
    assert page.request.post(f"{board}/example").status == 403
    assert visit(server.url).request.get(board).status == 401
    [link] = server.invite("事務 局子", role="coordinator")
    page = visit(link)
    assert page.goto(board).status == 200
    assert page.request.post(f"{board}/solve").status == 403  # without the page's token


def test_from_the_example_to_teams_moved_and_locked(own_server, visit, check) -> None:
    board = board_of(own_server)
    [link] = own_server.invite("事務 局子", role="coordinator")
    page = visit(link)
    page.goto(f"{own_server.url}/room/accounting-demo")
    page.get_by_role("link", name="チーム分けのページ").click()
    assert page.request.get(f"{board}/teams.xlsx").status == 404
    check(page)
    page.get_by_role("button", name="見本(19人・6団体)で試す").press("Enter")
    assert page.get_by_text("受講者19人、6団体、固定した人0人。").is_visible()
    check(page)
    page.get_by_role("button", name="チームを作る").press("Enter")
    assert page.get_by_role("status").filter(has_text="チームを作りました。").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "チームを作りました。"
    assert page.get_by_text("第1希望16人、第2希望3人。必要なスキル12のうち12が").is_visible()
    card = page.get_by_role("region", name="緑の里山くらぶ")
    assert card.get_by_text("清水 実　第2希望").is_visible()
    assert card.get_by_text("第1希望の子ども広場みなとは、4人の定員がいっぱいです").is_visible()
    check(page)
    page.get_by_role("link", name="加藤 光さんを移す").press("Enter")
    assert page.get_by_label("受講者", exact=True).input_value() == "加藤 光"
    page.get_by_label("移す先の団体").select_option("緑の里山くらぶ")
    page.get_by_label("ここに固定する").press("Space")
    page.get_by_role("button", name="移す", exact=True).press("Enter")
    assert card.get_by_text("加藤 光　第3希望　固定").is_visible()
    assert page.get_by_text("手で移した人か、固定を外した人がいます").is_visible()
    check(page)
    page.get_by_role("button", name="チームを作りなおす").press("Enter")
    assert page.get_by_text("この順で、いちばん良い組み合わせです").is_visible()
    assert card.get_by_text("加藤 光　第3希望　固定").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excelでダウンロード").press("Enter")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    told = {row[1]: (row[0], row[3]) for row in book["チーム"].iter_rows(values_only=True)}
    assert (len(told), told["加藤 光"]) == (20, ("緑の里山くらぶ", "固定"))
    page.get_by_role("button", name="加藤 光さんの固定を外す").press("Enter")
    assert page.get_by_role("button", name="加藤 光さんを固定する").is_visible()
    assert page.get_by_text("固定した人0人").is_visible()
    assert page.get_by_text("いちばん良い組み合わせです").count() == 0


def test_tables_are_taken_whole_and_a_clash_is_explained(server, visit, check) -> None:
    [link] = server.invite("講師 一郎", role="instructor")
    page = visit(link)
    page.goto(board_of(server))
    send(page, PEOPLE.replace("B,,広場", "B,,公園"), GROUPS.format(1))
    heading = page.get_by_role("heading", name=re.compile("直すところ 1か所"))
    assert heading.evaluate("e => e === document.activeElement")
    assert page.get_by_text(re.compile("3行目「第1希望」: 「公園」")).is_visible()
    assert page.get_by_role("button", name="チームを作る").count() == 0
    check(page)
    send(page, PEOPLE, GROUPS.format(1))
    page.get_by_role("button", name="チームを作る").click()
    assert page.get_by_role("heading", name="この条件では、チームを作れません").is_visible()
    assert page.get_by_text("受講者が3人いますが、2団体に入れるのは合わせて2人まで").is_visible()
    assert page.get_by_role("listitem").filter(has_text="「広場」のチームは1人まで").is_visible()
    check(page)
    send(page, PEOPLE, GROUPS.format(2))
    page.get_by_role("button", name="チームを作る").click()
    assert page.get_by_text("会計: いません。このスキルを書いた人がいません。").is_visible()
    assert page.get_by_role("region", name="広場").get_by_text("A　第1希望").is_visible()
    send(page, "何もない\n", GROUPS.format(2))
    assert page.get_by_text("受講者の表が見つかりません").is_visible()
    assert page.get_by_text("いまの表とチームは、そのままです").is_visible()
    assert page.get_by_role("region", name="広場").get_by_text("A　第1希望").is_visible()
