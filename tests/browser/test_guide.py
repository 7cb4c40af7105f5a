"""どこから始める？ as somebody uses it: by keyboard, on a phone, without scripts; and the memo."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SMALL = """() => [...document.querySelectorAll("button, .button, select")]
    .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
    .map((e) => e.outerHTML.slice(0, 120))"""
END = "/guide?stage=npo&worry=staff&staff=leaving&place=ward"
HELP = "いま困っていること"


@pytest.fixture
def check(violations) -> Callable[[Page, int], None]:
    """`check(page, width)`: no violations, nothing wider than the page, nothing too small."""

    def page_is_right(page: Page, width: int) -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL) == []

    return page_is_right


@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_start_page_to_the_memo_by_keyboard(server, visit, check, width: int) -> None:
    page = visit(server.url, width=width)
    check(page, width)
    page.get_by_role("link", name="質問に答えてさがす").press("Enter")
    check(page, width)
    for answer in ("NPO法人として活動している", "人を雇うこと、働く人のこと"):
        page.get_by_role("button", name=answer).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_class("guide-question")
    check(page, width)
    page.get_by_role("button", name="給料の計算、社会保険").press("Space")
    page.go_back()
    expect(page.get_by_role("button", name="給料の計算、社会保険")).to_be_visible()
    page.get_by_role("button", name="ハラスメント、やめるときのこと").press("Enter")
    page.get_by_role("button", name="横浜の1つの区の中").press("Enter")
    expect(page).to_have_url(f"{server.url}{END}")
    expect(page.get_by_role("heading", level=1)).to_have_text("あなたに合う始めかた")
    for title in ("士業相談:社会保険労務士", "士業相談:弁護士", "区の市民活動支援センター"):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    check(page, width)
    page.get_by_role("link", name=re.compile("働く人の、どのことですか")).press("Enter")
    expect(page.get_by_role("button", name="はじめて人を雇う")).to_be_visible()
    for _ in range(2):
        page.go_back()
    expect(page.get_by_role("button", name="横浜の1つの区の中")).to_be_visible()


@pytest.mark.parametrize("path", ["/guide/essence", "/guide/history"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_other_pages_have_no_violations(server, visit, check, width: int, path: str) -> None:
    check(visit(f"{server.url}{path}", width=width), width)


def test_without_scripts_the_way_is_walked_and_the_memo_is_for_the_hand(
    server, visit, browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = visit(f"{server.url}/guide", context=context)
    page.get_by_role("button", name="これから活動を始めたい").click()
    page.get_by_role("button", name="集まる場所がほしい").click()
    page.get_by_role("button", name="打合せをする場所").click()
    page.get_by_role("button", name="まだ決まっていない").click()
    expect(page.get_by_role("heading", name="協働ラボ")).to_be_visible()
    expect(page.get_by_text("手で書いてお使いください")).to_be_visible()
    expect(page.locator("textarea:visible")).to_have_count(0)
    assert page.locator(".memo-words").first.bounding_box()["height"] >= 44
    page.goto(f"{server.url}/guide/history")
    page.get_by_role("radio", name="市民側").check()
    page.get_by_role("button", name="表示する").click()
    expect(page.locator("#shown")).to_have_text("17件のうち6件を表示しています。")
    expect(page.locator(".history li:visible")).to_have_count(6)
    context.close()


# The memo


def draft(page: Page) -> tuple[str, str]:
    """Subject and text of the mail draft."""
    address = urlsplit(page.get_by_role("link", name="メールの下書きを開く").get_attribute("href"))
    assert (address.scheme, address.path) == ("mailto", "")
    query = parse_qs(address.query)
    return query["subject"][0], query["body"][0]


def pages_of(page: Page) -> int:
    """The pages of A4 paper that it is printed on."""
    edge = "12mm"
    margin = {"top": edge, "right": edge, "bottom": edge, "left": edge}
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", margin=margin)))


def test_nothing_of_a_memo_leaves_the_browser(server, visit) -> None:
    page = visit(f"{server.url}{END}")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    page.get_by_label(HELP).fill("ひみつの相談")
    expect(page.locator("[data-memo-words=memo-worry]")).to_have_text("ひみつの相談")
    page.reload()
    expect(page.get_by_label(HELP)).to_have_value("ひみつの相談")
    page.goto(f"{server.url}/guide?stage=npo&worry=legal&legal=dispute&place=city")
    expect(page.get_by_label(HELP)).to_have_value("ひみつの相談")  # another end, the same memo
    assert sent
    assert not any("ひみつ" in request or "%E3%81%B2" in request for request in sent)
    kept = page.context.storage_state()
    assert "ひみつ" not in str(kept)  # neither in a cookie nor for longer than this tab
    other = visit(f"{server.url}{END}", context=page.context)
    expect(other.get_by_label(HELP)).to_have_value("")


def test_the_mail_draft_has_the_answers_and_the_words(server, visit) -> None:
    page = visit(f"{server.url}{END}")
    page.get_by_label("いちばん聞きたいこと").fill("就業規則は & どこまで?\n2行目")
    subject, body = draft(page)
    assert subject == "相談したいこと"
    chosen = ["NPO法人として活動している", "人を雇うこと、働く人のこと"]
    chosen += ["ハラスメント、やめるときのこと", "横浜の1つの区の中"]
    words = ["■聞きたいこと", "就業規則は & どこまで?", "2行目"]
    assert body.split("\r\n") == chosen + words
    page.get_by_label(HELP).fill("こまっています。" * 18)  # no room left for the answers
    words = ["■困っていること", "こまっています。" * 18, *words]
    assert draft(page)[1].split("\r\n") == words


def test_a_long_memo_is_copied_for_the_draft(server, visit, browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = visit(f"{server.url}{END}", context=context)
    page.get_by_label(HELP).fill("長い話です。" * 100)
    assert draft(page)[1] == "(コピーしたメモを、ここに貼りつけてください)"
    page.evaluate("addEventListener('click', (e) => e.target.closest('a') && e.preventDefault())")
    page.get_by_role("link", name="メールの下書きを開く").click()
    expect(page.locator("[data-memo-said]")).to_contain_text("コピーしておきました")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"■ {HELP}\n{'長い話です。' * 100}\n" in copied
    assert "■ 働く人の、どのことですか\nハラスメント、やめるときのこと\n" in copied
    assert "電話 045-671-4732(平日 9:00〜20:00、土日祝 9:00〜17:00) ご確認ください" in copied
    assert "■ 横浜市市民協働推進センターの場所\n〒231-0005 横浜市中区本町6丁目50-10" in copied
    bring = "相談メモ、雇用契約書や就業規則(あれば)、勤務の時間がわかるもの、契約書や、"
    assert f"■ 持っていくとよいもの\n{bring}" in copied
    context.close()


def test_where_copying_is_forbidden_the_memo_is_selected(server, visit) -> None:
    page = visit(f"{server.url}{END}")
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    page.get_by_role("button", name="メモをコピーする").click()
    expect(page.locator("[data-memo-said]")).to_contain_text("メモを選びました")
    assert "相談メモ" in page.evaluate("getSelection().toString()")


def test_the_memo_alone_is_printed(server, visit) -> None:
    page = visit(f"{server.url}{END}")
    for field in page.locator("textarea").all():
        field.fill("長い話です。" * 40)
    page.get_by_label(HELP).fill("印刷する相談")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="メモを印刷する").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".memo-paper")).to_be_visible()
    expect(page.locator(".memo-paper")).to_contain_text("印刷する相談")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    expect(page.get_by_label(HELP)).to_be_hidden()
    assert pages_of(page) <= 2


def test_what_was_written_is_cleared_after_asking(server, visit) -> None:
    page = visit(f"{server.url}{END}")
    page.get_by_label(HELP).fill("消したい相談")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="書いたことを消す").click()
    expect(page.get_by_label(HELP)).to_have_value("消したい相談")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="書いたことを消す").click()
    expect(page.locator("[data-memo-said]")).to_have_text("消しました。")
    expect(page.locator("[data-memo-words=memo-worry]")).to_have_text("")
    page.reload()
    expect(page.get_by_label(HELP)).to_have_value("")


def test_another_person_in_the_same_tab_does_not_see_it(server, visit) -> None:
    page = visit(server.invite("前 人子")[0])
    page.goto(f"{server.url}{END}")
    page.get_by_label(HELP).fill("前の人の相談")
    page.goto(f"{server.url}/sign-out")
    page.get_by_role("button").click()
    page.goto(f"{server.url}{END}")
    expect(page.get_by_label(HELP)).to_have_value("")
    page.goto(server.invite("後 人子")[0])
    page.goto(f"{server.url}{END}")
    expect(page.get_by_label(HELP)).to_have_value("")


# The chronology, the essence, home


def test_the_chronology_is_filtered_as_one_chooses(server, visit) -> None:
    page = visit(f"{server.url}/guide/history")
    page.get_by_role("radio", name="行政側").check()
    expect(page.locator("#shown")).to_have_text("17件のうち11件を表示しています。")
    page.get_by_label("はじめの年").select_option("2012")
    expect(page.locator("#shown")).to_have_text("17件のうち4件を表示しています。")
    expect(page.locator(".history li:visible")).to_have_count(4)
    expect(page.locator("svg g:not(.history-off)")).to_have_count(4)
    expect(page).to_have_url(re.compile(r"side=city&from=2012&to=2020$"))
    page.get_by_role("link", name="協働のエッセンスを読む").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("協働のエッセンス")
    page.go_back()
    expect(page.locator("#shown")).to_have_text("17件のうち4件を表示しています。")
    page.reload()
    expect(page.locator(".history li:visible")).to_have_count(4)


def test_the_printed_chronology_says_what_was_chosen_and_has_its_whole_figure(
    server, visit
) -> None:
    page = visit(f"{server.url}/guide/history?side=city", width=680)  # A4 within its margins
    page.emulate_media(media="print")
    expect(page.locator("#shown")).to_be_visible()
    figure, last = page.locator(".history-figure"), page.locator("svg text", has_text="2020")
    [frame, mark] = [found.bounding_box() for found in (figure, last)]
    assert mark["x"] + mark["width"] <= frame["x"] + frame["width"]


def test_ones_own_example_of_an_essential(server, visit) -> None:
    page = visit(f"{server.url}/guide/essence")
    page.get_by_label(re.compile("いちばん小さな一歩")).fill("となりの人に声をかける")
    expect(page.locator(".memo-paper")).to_contain_text("となりの人に声をかける")
    assert "となりの人に声をかける" in draft(page)[1]


@pytest.mark.parametrize("width", [390, 1280])
def test_home_suggests_what_fits_next(server, visit, check, width: int) -> None:
    page = visit(server.invite(f"道 案内{width}")[0], width=width)
    panel = page.get_by_role("region", name="つぎの一歩")
    expect(panel.get_by_role("listitem")).to_have_count(1)
    check(page, width)
    panel.get_by_role("link", name=re.compile("第1回")).click()
    page.wait_for_selector("html[data-ready]")
    page.goto(f"{server.url}/home")
    panel.get_by_role("link", name="どこから始める？").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("どこから始める？")
    page.goto(f"{server.url}/guide?stage=npo&worry=money&money=books&place=city")
    page.get_by_role("link", name=re.compile("第1回を開く")).click()
    expect(page).to_have_url(server.lesson)
