"""自分の団体の数字で, as a participant uses it; and who else gets to see it."""

import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from manabiba_server.books.templates import template_csv

pytestmark = pytest.mark.browser
HEADER = ["日付", "借方科目", "借方金額", "貸方科目", "貸方金額", "摘要"]
WIDTHS = [390, 1280]


def csv_file(*rows: list) -> dict:
    text = "\n".join(",".join(map(str, row)) for row in [HEADER, *rows])
    return {"name": "仕訳帳.csv", "mimeType": "text/csv", "buffer": text.encode("cp932")}


def check(page, violations, width: int) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_from_an_upload_to_the_statements(server, visit, violations, width: int) -> None:
    [link] = server.invite(f"帳簿 {width}")
    page = visit(link, width=width)
    page.goto(f"{server.url}/home")
    page.get_by_role("link", name="自分の団体の数字で試す").click()
    check(page, violations, width)
    page.get_by_label("団体名").fill("みなとの会")
    page.set_input_files("#journal", csv_file(["2025/4/1", "茶菓代", 8800, "現金", 880, "会議"]))
    page.get_by_role("button", name="読みこむ").click()
    heading = page.get_by_role("heading", name=re.compile("直すところ 1か所"))
    expect(heading).to_be_focused()
    told = page.get_by_role("row", name=re.compile("2行目.*借方が7,920円多く"))
    place = told.get_by_role("cell").bounding_box()
    assert place["x"] + place["width"] <= width  # what to do is read without scrolling sideways
    expect(page.get_by_text("いま保存されている帳簿")).to_have_count(0)
    check(page, violations, width)
    page.set_input_files(
        "#journal",
        csv_file(
            ["2025/4/1", "普通預金", 9000, "寄付金収入", 9000, ""],
            ["2025/4/2", "ふしぎな費用", 8800, "普通預金", 8800, "会議"],
            ["合計", "", 20000, "", 17800, ""],
        ),
    )
    page.get_by_role("button", name="読みこむ").click()
    expect(page.get_by_role("heading", name="みなとの会 2025年度")).to_be_visible()
    expect(page.get_by_text("まだ 2科目")).to_be_visible()
    expect(
        page.get_by_text(re.compile("4行目: .*17,800円で、この行の20,000円と合い"))
    ).to_be_visible()
    check(page, violations, width)
    page.get_by_role("link", name="科目の対応を確かめる").click()
    page.get_by_role("button", name="この対応で決める").click()
    expect(page.get_by_label("ふしぎな費用")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("combobox")).to_have_count(2)  # not the accounts that are settled
    page.get_by_role("alert").get_by_role("link", name="ふしぎな費用").press("Enter")
    page.keyboard.press("Tab")  # from the account that the link led to
    expect(page.get_by_role("button", name="この対応で決める")).to_be_focused()
    check(page, violations, width)
    page.get_by_label("ふしぎな費用").select_option("k:その他経費")
    page.get_by_role("button", name="この対応で決める").click()
    sheet = page.get_by_role("group", name="活動計算書")
    expect(sheet.get_by_role("row", name="受取寄附金 9,000")).to_be_visible()
    expect(sheet.get_by_role("row", name="次期繰越正味財産額 200")).to_be_visible()
    check(page, violations, width)
    for name in ("settings", "notes", "print", "delete"):
        here = re.match(r".*/books/b-\w+", page.url)[0]
        page.goto(f"{here}/{name}")
        check(page, violations, width)
        page.goto(here)


def test_the_whole_way_by_keyboard(server, visit) -> None:
    [link] = server.invite("鍵盤 打子")
    page = visit(link)
    page.goto(f"{server.url}/books")
    page.get_by_role("button", name="見本の帳簿を開く").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/books/b-*")
    expect(page.get_by_role("row", name="次期繰越正味財産額 2,096,948")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="決算書と帳簿すべて(Excel)").press("Enter")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book["活動計算書"]["A6"].value == "Ⅰ 経常収益"
    page.get_by_role("link", name="この帳簿を消す").press("Enter")
    page.get_by_role("button", name="消す", exact=True).press("Enter")
    page.wait_for_url("**/books")
    expect(page.get_by_role("heading", name="わたしの帳簿")).to_have_count(0)


def test_pasted_tables_are_read_too(server, visit) -> None:
    [link] = server.invite("貼付 糊子")
    page = visit(link)
    page.goto(f"{server.url}/books")
    page.get_by_text("ファイルのかわりに、表を貼りつける").click()
    for name, label in (("journal", "仕訳帳の表"), ("opening", "期首残高の表")):
        text = template_csv(name).decode("utf-8-sig")
        page.get_by_label(label).fill(text.replace(",", "\t"))
    page.get_by_role("button", name="読みこむ").click()
    expect(page.get_by_role("row", name=re.compile("資産合計")).first).to_be_visible()


def test_what_was_pasted_is_still_there_when_it_has_to_be_put_right(server, visit) -> None:
    [link] = server.invite("貼付 直子")
    page = visit(link)
    page.goto(f"{server.url}/books")
    page.get_by_text("ファイルのかわりに、表を貼りつける").click()
    page.get_by_label("仕訳帳の表").fill("日付\t借方科目\n<b>")
    page.get_by_role("button", name="読みこむ").click()
    expect(page.get_by_role("heading", name=re.compile("まだ読みこんでいません"))).to_be_visible()
    expect(page.get_by_label("仕訳帳の表")).to_have_value("日付\t借方科目\n<b>")


def test_without_a_file_the_page_asks_for_one(server, visit) -> None:
    [link] = server.invite("空 送子")
    page = visit(link)
    page.goto(f"{server.url}/books")
    page.get_by_role("button", name="読みこむ").click()
    expect(page.get_by_role("heading", name="読みこめませんでした")).to_be_visible()
    expect(page.get_by_text("元のファイルで直して")).to_have_count(0)


def test_pressing_twice_sends_once(server, visit) -> None:
    [link] = server.invite("二度 押子")
    page = visit(link)
    page.goto(f"{server.url}/books")
    file = csv_file(["2025/4/1", "会議費", 500, "現金", 500, ""])
    page.set_input_files("#journal", file)
    press_twice = """form => {
        const stopped = [];
        form.addEventListener("submit", (event) => stopped.push(event.defaultPrevented));
        form.requestSubmit();
        form.requestSubmit();
        return stopped;
    }"""
    assert page.locator("form[data-upload]").evaluate(press_twice) == [False, True]
    page.wait_for_url("**/books/b-*")


def test_common_costs_lead_to_their_shares(server, visit) -> None:
    [link] = server.invite("共通 分子")
    page = visit(link)
    page.goto(f"{server.url}/books")
    page.get_by_text("ファイルのかわりに、表を貼りつける").click()
    table = "日付\t借方科目\t借方金額\t貸方科目\t貸方金額\t部門\n"
    rent = "2025/4/1\t地代家賃\t900\t現金\t900\t共通\n"
    page.get_by_label("仕訳帳の表").fill(table + rent)
    page.get_by_role("button", name="読みこむ").click()
    page.get_by_role("link", name="按分の割合を入れる").click()
    page.get_by_label("事業", exact=True).fill("2")
    page.get_by_label("管理部門", exact=True).fill("1")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_role("row", name="事業費計 600")).to_be_visible()


def test_a_file_that_is_too_large_is_told_before_and_after_sending(server, visit, tmp_path) -> None:
    [link] = server.invite("巨大 盛夫")
    page = visit(link)
    page.goto(f"{server.url}/books")
    rubbish = tmp_path / "rubbish.xlsx"
    rubbish.write_bytes(bytes(range(256)) * 200_000)
    page.set_input_files("#journal", rubbish)
    expect(page.get_by_text(re.compile("「rubbish.xlsx」は大きすぎます"))).to_be_visible()
    page.get_by_role("button", name="読みこむ").click()
    expect(page).to_have_url(re.compile("/books$"))
    page.locator("form[data-upload]").evaluate("form => form.submit()")  # without the script
    page.wait_for_url("**/books/upload")
    expect(page.get_by_text("ファイルが大きすぎます(5MBまで)")).to_be_visible()


def test_ten_thousand_rows(server, visit) -> None:
    [link] = server.invite("一万 行夫")
    page = visit(link)
    page.goto(f"{server.url}/books")
    book = Workbook()
    book.active.append(HEADER)
    for number in range(10_000):
        book.active.append([f"2025/{4 + number % 9}/1", "会議費", 500, "現金", 500, "お茶"])
    out = io.BytesIO()
    book.save(out)
    file = {"name": "a.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    page.set_input_files("#journal", file)
    page.get_by_role("button", name="読みこむ").click(timeout=90_000)
    expect(page.get_by_role("row", name="経常費用計 5,000,000")).to_be_visible()


def test_nobody_else_sees_own_books_until_they_are_shown(server, visit) -> None:
    owner_link, stranger_link = server.invite("持主 一", "他人 二")
    owner, stranger = visit(owner_link), visit(stranger_link)
    teacher, nobody = visit(server.link("instructor")), visit(f"{server.url}/")
    owner.goto(f"{server.url}/books")
    owner.get_by_role("button", name="見本の帳簿を開く").click()
    owner.wait_for_url("**/books/b-*")
    mine = owner.url
    room = f"{server.url}/room/accounting-demo/books"
    shown = f"{room}/{mine.rsplit('/', 1)[1]}"
    paths = ["accounts", "settings", "notes", "print", "delete", "replace"]
    paths += [f"download/{name}" for name in ("xlsx", "journal", "opening")]
    for other, status in ((stranger, 404), (teacher, 404), (nobody, 401)):
        for url in (mine, *(f"{mine}/{path}" for path in paths)):
            assert other.request.get(url).status == status, url
    assert teacher.request.get(shown).status == 404
    assert stranger.request.get(shown).status == 403
    teacher.goto(room)
    expect(teacher.get_by_text("持主 一")).to_have_count(0)
    forged = stranger.request.post(f"{mine}/share/accounting-demo", form={"show": "1"})
    assert forged.status == 403  # no token
    for other in (stranger, teacher):
        other.goto(f"{server.url}/books")
        token = other.locator("input[name=_xsrf]").first.input_value()
        form = {"_xsrf": token, "show": "1"}
        for path in ("accounts", "settings", "notes", "delete", "share/accounting-demo"):
            assert other.request.post(f"{mine}/{path}", form=form).status == 404, path
        sent = {"_xsrf": token, "journal": csv_file(["2025/4/1", "会議費", 1, "現金", 1])}
        assert other.request.post(f"{mine}/replace", multipart=sent).status == 404

    owner.get_by_role("button", name=re.compile("の講師に見せる$")).click()
    expect(owner.get_by_text("見せています", exact=False).first).to_be_visible()
    teacher.goto(room)
    teacher.get_by_role("link", name=re.compile("持主 一さん")).click()
    expect(teacher.get_by_role("row", name="次期繰越正味財産額 2,096,948")).to_be_visible()
    expect(teacher.locator("main form, main input")).to_have_count(0)
    assert teacher.request.get(mine).status == 404
    assert stranger.request.get(shown).status == 403

    owner.get_by_role("button", name=re.compile("見せるのをやめる")).click()
    assert teacher.request.get(shown).status == 404


def test_an_upload_without_its_token_is_refused(server, visit) -> None:
    [link] = server.invite("偽造 三")
    page = visit(link)
    reply = page.request.post(
        f"{server.url}/books/upload", multipart={"journal": csv_file(["2025/4/1", "a", 1, "b", 1])}
    )
    assert reply.status == 403
    reply = visit(f"{server.url}/").request.post(
        f"{server.url}/books/upload", multipart={"journal": csv_file(["2025/4/1", "a", 1, "b", 1])}
    )
    assert reply.status == 401
    page.goto(f"{server.url}/books")
    expect(page.get_by_role("heading", name="わたしの帳簿")).to_have_count(0)
