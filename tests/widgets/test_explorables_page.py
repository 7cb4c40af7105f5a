"""The explorables of the docs in a real browser, as JupyterLab gets them: one text each."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from manabiba_widgets import Explorable, explorables
from manabiba_widgets.exercise import module_source

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
SMALL = """() => [...document.querySelectorAll("button, select, input, summary")]
    .filter((e) => e.offsetParent)
    .filter((e) => (e.type === "checkbox" ? e.labels[0] : e).getBoundingClientRect().height < 44)
    .map((e) => e.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
    const e = document.activeElement;
    const own = ["BUTTON", "SUMMARY"].includes(e.tagName) ? e.innerText : "";
    return [e.getAttribute("aria-label") || "", e.labels?.[0]?.innerText || "", own];
}"""
Show = Callable[..., Page]
KINDS = (
    "journal_explorer",
    "depreciation_explorer",
    "allocation_explorer",
    "cash_versus_income",
    "forms_comparison",
    "year_calendar",
    "payslip_explorer",
    "leave_calendar",
    "crowdfunding_explorer",
)


@pytest.fixture(scope="module")
def samples() -> dict[str, Explorable]:
    """What the docs tell authors to write, by kind."""
    text = (ROOT / "docs" / "exercises" / "explorables.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    others = {id(shown) for shown in explorables()}  # other tests make some too
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, names)
    return {shown.kind: shown for shown in explorables() if id(shown) not in others}


@pytest.fixture
def show(samples: dict[str, Explorable], browser: Browser) -> Iterator[Show]:
    errors: list[str] = []
    pages: list[Page] = []

    def open_page(kind: str, width: int = 390) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 800})
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        explorable = samples[kind]
        names = ("explorable_id", "explorable_kind", "spec")
        state = json.dumps({name: getattr(explorable, name) for name in names})
        module = module_source(kind).replace("export default", "const widget =")
        page.set_content(
            "<!doctype html><html lang=ja><head><title>図</title>"
            f"<style>body {{ margin: 16px; font-family: sans-serif }} {Explorable._css}</style>"
            "</head><body><main><h1>回</h1><h2>節</h2><div id=here></div></main>"
            f'<script type="module">const state = {state};'
            "const model = { get: (name) => state[name] };"
            f'{module} widget.render({{ model, el: document.querySelector("#here") }});'
            "</script></body></html>"
        )
        page.locator(".mbx-told").wait_for()
        return page

    yield open_page
    for page in pages:
        page.close()
    assert errors == []


def tab_to(page: Page, name: str) -> None:
    """Go on with Tab until the control of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{name} was not reached by Tab")


def told(page: Page) -> str:
    return page.locator(".mbx-told:not([aria-busy])").inner_text()  # it waits until the hand rests


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_each_is_accessible_and_fits(show: Show, violations, kind: str, width: int) -> None:
    page = show(kind, width)
    for summary in page.locator("summary").all():
        summary.click()
    for name in ("記帳する", "次の理由を足す"):
        if page.get_by_role("button", name=name).count():
            page.get_by_role("button", name=name).click()
    assert told(page)
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("[style]").count() == 0
    unlabelled = "(e) => !e.labels?.length && !e.getAttribute('aria-label')"
    for control in page.locator("input, select").all():
        assert not control.evaluate(unlabelled), control.evaluate("(e) => e.outerHTML")


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper_the_figure_stands_without_its_buttons(show: Show, kind: str) -> None:
    page = show(kind)
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    assert page.locator("table, dl, .mbx-days").last.is_visible()


def test_a_chosen_transaction_moves_every_statement_by_keyboard_alone(show: Show) -> None:
    page = show("journal_explorer")
    tab_to(page, "取引を選ぶ")
    page.keyboard.press("ArrowDown")  # 寄附金 880,000
    tab_to(page, "記帳する")
    page.keyboard.press("Enter")
    assert told(page).startswith(
        "記帳しました。普通預金が880,000円増えて2,700,000円、受取寄附金が880,000円増えて880,000円に"
        "なりました。収益と費用の差(当期正味財産増減額)は880,000円増えました。"
        "資産合計と、負債及び正味財産合計は、どちらも3,214,801円です。"
    )
    row = page.get_by_role("row", name=re.compile("^負債及び正味財産合計"))
    expect(row).to_contain_text("3,214,801＋880,000 増")
    account = page.get_by_role("table", name=re.compile("^普通預金"))
    expect(account).to_contain_text("はじめの残高1,820,000")
    expect(account).to_contain_text("1番の仕訳(いま)880,000")
    expect(account).to_contain_text("残高 2,700,000円")
    tab_to(page, "1つ戻す")
    page.keyboard.press("Enter")
    assert told(page).startswith("1つ戻しました。普通預金が880,000円減って1,820,000円")
    expect(page.get_by_role("row", name=re.compile("^資産合計"))).to_contain_text("▲880,000 減")
    page.keyboard.press("Enter")
    assert told(page) == "まだ何も記帳していません。"


def test_an_entry_of_ones_own_is_posted_from_the_keyboard(show: Show) -> None:
    page = show("journal_explorer")
    page.get_by_label("取引を選ぶ").select_option("own")
    tab_to(page, "借方(左) 1行目 勘定科目")
    page.keyboard.insert_text("しょうもうひん")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("５,０００円")
    tab_to(page, "科目カードから入れる(引っぱって左右の箱へ、またはボタンで)")
    page.keyboard.press("Enter")
    tab_to(page, "現金を貸方へ")
    page.keyboard.press("Enter")
    expect(page.get_by_label("貸方(右) 1行目 勘定科目")).to_have_value("現金")
    expect(page.get_by_label("貸方(右) 1行目 金額(円)")).to_be_focused()
    page.keyboard.insert_text("500")
    tab_to(page, "記帳する")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "借方が4,500円多く、左右が合いません。貸方に足すか、借方を減らしてください。"
    )
    expect(page.get_by_label("借方(左) 1行目 勘定科目")).to_have_value("消耗品費")
    page.get_by_label("貸方(右) 1行目 金額(円)").fill("5000")
    page.get_by_role("button", name="記帳する").press("Enter")
    assert "現金が5,000円減って40,000円" in told(page)
    assert "当期正味財産増減額)は5,000円減りました" in told(page)


def test_what_cannot_be_read_is_told_at_its_field_and_kept(show: Show) -> None:
    page = show("journal_explorer")
    account = page.get_by_label("借方(左) 1行目 勘定科目")
    amount = page.get_by_label("貸方(右) 1行目 金額(円)")
    account.fill("ざっぴひ")
    amount.fill("37万")
    page.get_by_role("button", name="記帳する").click()
    expect(account).to_be_focused()
    expect(account).to_have_accessible_description(
        "一覧にない科目です。候補から選びなおしてください。"
    )
    expect(amount).to_have_accessible_description(re.compile("数字として読めませんでした"))
    expect(amount).to_have_value("37万")
    page.get_by_label("取引を選ぶ").select_option("own")
    page.get_by_label("取引を選ぶ").select_option("0")
    expect(amount).to_have_value("37万")


def test_a_card_is_dragged_to_a_side(show: Show) -> None:
    page = show("journal_explorer", 1280)
    page.get_by_label("取引を選ぶ").select_option("own")
    page.locator("summary").first.click()
    handle = page.locator(".mb-chip-label", has_text="普通預金")
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    target = page.get_by_role("group", name="貸方(右)").bounding_box()
    assert start is not None
    assert target is not None
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 20, target["y"] + 20, steps=8)
    page.mouse.up()
    expect(page.get_by_label("貸方(右) 1行目 勘定科目")).to_have_value("普通預金")
    assert page.locator(".mb-over").count() == 0


def test_cash_that_is_not_there_is_told(show: Show) -> None:
    page = show("journal_explorer")
    page.get_by_label("取引を選ぶ").select_option("2")  # 会議費 8,800 in cash
    for box in ("借方(左)", "貸方(右)"):
        page.get_by_label(f"{box} 1行目 金額(円)").fill("50,000")
    page.get_by_role("button", name="記帳する").click()
    assert "現金がマイナスになりました" in told(page)


def test_month_and_life_change_every_year(show: Show) -> None:
    page = show("depreciation_explorer")
    tab_to(page, "使い始めた月")
    page.keyboard.type("4")
    assert "1年目の減価償却費が30,000円から60,000円に変わりました。" in told(page)
    assert "決算の回数は5回から4回に変わりました。" in told(page)
    expect(page.get_by_role("row", name=re.compile("^4年目"))).to_contain_text("59,9991")
    figure = page.get_by_role("img", name=re.compile("4年目 償却59,999円 残り1円"))
    expect(figure).to_be_visible()
    tab_to(page, "決算月")
    page.keyboard.type("12")
    assert "1年目は使った9か月分だけです。" in told(page)


def test_the_slider_and_the_field_are_one(show: Show) -> None:
    page = show("depreciation_explorer")
    tab_to(page, "取得価額をつまみで動かす")
    page.keyboard.press("ArrowRight")
    cost = page.get_by_label("取得価額(買った値段)")
    expect(cost).to_have_value("250,000")
    cost.fill("１００，０００円")
    expect(page.get_by_label("取得価額をつまみで動かす")).to_have_attribute(
        "aria-valuetext", "100,000円"
    )
    assert "12,500円に変わりました" in told(page)
    cost.fill("10万")
    expect(cost).to_have_attribute("aria-invalid", "true")
    expect(cost).to_have_accessible_description(re.compile("12,345"))
    expect(page.get_by_role("row", name=re.compile("^1年目"))).to_contain_text("12,500")


def test_the_odd_yen_goes_where_the_rule_says(show: Show) -> None:
    page = show("allocation_explorer")
    expect(page.get_by_text("配分額の合計 378,012円 = もとの金額 378,012円")).to_be_visible()
    page.get_by_label("金額").fill("100")
    for name in ("学習支援事業", "居場所事業", "管理部門"):
        page.get_by_label(f"{name}の割合").fill("1")
    page.get_by_label("端数を入れる部門").select_option("0")
    assert "1円余ります。余りは学習支援事業に1円足しました。" in told(page)
    expect(page.get_by_role("row", name=re.compile("^学習支援事業"))).to_contain_text("33.33…＋134")
    expect(page.get_by_text("割合の合計は3%です")).to_be_visible()
    page.get_by_label("端数の決め方").select_option("LARGEST_REMAINDER")
    expect(page.get_by_label("端数を入れる部門")).to_be_hidden()
    expect(
        page.get_by_text("配分額の合計 100円 = もとの金額 100円(一致しています)")
    ).to_be_visible()


def test_shares_that_cannot_be_are_told_and_change_nothing(show: Show) -> None:
    page = show("allocation_explorer")
    first = page.get_by_label("学習支援事業の割合")
    first.fill("-5")
    expect(first).to_have_accessible_description("0から999,999までの数で書いてください。")
    expect(page.get_by_role("row", name=re.compile("^学習支援事業"))).to_contain_text("189,006")
    for name in ("学習支援事業", "居場所事業", "管理部門"):
        page.get_by_label(f"{name}の割合").fill("0")
    expect(page.get_by_label("管理部門の割合")).to_have_accessible_description(
        re.compile("すべて0では分けられません")
    )


def test_reason_by_reason_cash_becomes_income(show: Show) -> None:
    page = show("cash_versus_income")
    assert told(page) == (
        "1年で現金預金は518,312円減り、収益と費用の差は43,387円です。ちがいは561,699円。"
        "理由を1つずつ足していきましょう。"
    )
    tab_to(page, "次の理由を足す")
    page.keyboard.press("Enter")
    assert "理由1「借入と返済」の＋100,000円を足しました。" in told(page)
    expect(page.get_by_text("12月10日 役員借入金の一部を返済した: ＋100,000円")).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Enter")
    assert "収益と費用の差43,387円と一致しました。" in told(page)
    assert page.get_by_role("cell", name="まだ").count() == 0
    page.keyboard.press("Enter")
    assert told(page).startswith("理由は全部足しました。")
    tab_to(page, "1つ戻す")
    page.keyboard.press("Enter")
    assert "理由8「貯蔵品・商品」まで戻しました。" in told(page)
    tab_to(page, "はじめから")
    page.keyboard.press("Enter")
    assert told(page).startswith("1年で現金預金は")
    expect(page.get_by_role("cell", name="まだ")).to_have_count(9)


def form(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def test_a_form_that_does_not_fit_says_why_with_its_article(show: Show) -> None:
    page = show("forms_comparison")
    assert told(page).startswith("NPO法人: くらべた点では、合わない点はありません。")
    npo = form(page, "NPO法人")
    expect(npo).to_contain_text("特定非営利活動促進法12条1項4号")
    tab_to(page, "表決権を持つ人(社員)になる人")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("４人")
    assert told(page) == "NPO法人: 合わない点があります(人数)。"
    expect(npo.get_by_role("heading", name="✕ 合わない点")).to_be_visible()
    expect(npo).to_contain_text("社員(総会で表決権を持つ人)が10人以上必要です。")
    page.get_by_label("役員のうち、互いに親族の人").fill("5")
    expect(page.get_by_label("役員のうち、互いに親族の人")).to_have_accessible_description(
        "役員は4人です。親族の人数を確かめましょう。"
    )
    page.get_by_label("役員(理事と監事)になる人").fill("6")
    expect(npo).to_contain_text("合わない点があります(人数・役員の親族)。")
    assert told(page) == "結果は変わりません。"


def test_what_is_unverified_is_marked_and_never_decides(show: Show) -> None:
    page = show("forms_comparison")
    for name in ("一般社団法人", "任意団体"):
        expect(form(page, name)).to_contain_text("未確認の点があるので、ここでは決められません。")
    page.get_by_label("いつまでに必要か").select_option("1か月後まで")
    page.get_by_label("法人格").select_option("必要(契約・補助金など)")
    time = form(page, "NPO法人").get_by_role("listitem").filter(has_text="急ぎ")
    expect(time).to_contain_text("間に合わないかもしれません。未確認")
    expect(form(page, "NPO法人")).to_contain_text("合わないかもしれない点があります(急ぎ)。")
    expect(page.get_by_role("heading", name="✕ 合わない点")).to_have_count(0)
    expect(page.get_by_role("heading", name="△ 合わないかもしれない点")).to_have_count(2)
    expect(form(page, "任意団体")).to_contain_text("合わないかもしれない点があります(法人格)。")
    page.get_by_label("活動の目的").select_option("まだ分からない")
    expect(form(page, "NPO法人")).to_contain_text("先に確かめる点があります(活動の目的)。")
    page.get_by_text("3つの形の決まりを読む").click()
    expect(page.get_by_text("28日ほどが目安です。未確認")).to_be_visible()
    expect(page.get_by_text("60,000円未確認")).to_have_count(0)
    expect(page.get_by_text("登録免許税法別表第一24号(一)ロ")).to_be_visible()


def test_age_moves_the_care_insurance_and_the_net_pay(show: Show) -> None:
    page = show("payslip_explorer")
    assert told(page) == "差引支給額(手取り)は207,354円です。"
    tab_to(page, "年齢")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("４５歳")
    assert told(page) == (
        "介護保険が0円から1,944円、源泉所得税が4,840円から4,770円に変わりました。"
        "差引支給額(手取り)は205,480円です。"
    )
    expect(page.get_by_role("row", name=re.compile("^差引支給額"))).to_contain_text("▲1,874 減")
    expect(
        page.get_by_text("介護保険: 240,000円 × 1.62% ÷ 2 → 1,944円(2026年3月1日からの率)")
    ).to_be_visible()
    page.get_by_label("年齢").fill("70")
    expect(page.get_by_label("年齢")).to_have_accessible_description(
        "15から69までの数で書いてください。"
    )
    expect(page.get_by_role("row", name=re.compile("^介護保険"))).to_contain_text("1,944")


def test_the_month_moves_the_support_levy(show: Show) -> None:
    page = show("payslip_explorer")
    page.get_by_label("給与を払う月").select_option("2026-04")
    assert "子ども・子育て支援金が276円から0円" in told(page)
    page.get_by_label("給与を払う月").select_option("2026-05")
    assert "子ども・子育て支援金が0円から276円" in told(page)


def test_outside_the_excerpt_the_tax_is_left_to_the_official_table(show: Show) -> None:
    page = show("payslip_explorer")
    page.get_by_label("扶養する親族の数").select_option("2")
    assert told(page) == (
        "源泉所得税が4,840円から(税額表で引く額)に変わりました。"
        "源泉所得税は、この教材の税額表の抜粋にない範囲です。国税庁の税額表で引きます。"
        "所得税を引く前の額は212,194円です。"
    )
    expect(page.get_by_role("row", name=re.compile("^源泉所得税"))).to_contain_text("税額表で引く")
    expect(page.get_by_role("row", name=re.compile("^差引支給額"))).to_have_count(0)


def test_the_employers_share_stands_beside(show: Show) -> None:
    page = show("payslip_explorer")
    expect(page.get_by_role("row", name=re.compile("^雇用保険.年度更新"))).to_contain_text(
        "2,194.0625"
    )
    expect(page.get_by_role("row", name=re.compile("拠出金"))).to_contain_text("864")


def test_fewer_days_a_week_give_fewer_days_and_no_duty(show: Show) -> None:
    page = show("leave_calendar")
    assert told(page) == "2026年10月1日に10日。2027年9月30日までに5日を取れるようにします。"
    tab_to(page, "週の所定労働日数")
    page.keyboard.press("ArrowUp")
    assert told(page).startswith("日数は変わりません。")  # 4日でも週40時間
    tab_to(page, "週の所定労働時間")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("２４")
    assert told(page) == (
        "1回目は2026年10月1日の10日から、2026年10月1日の7日に変わりました。"
        "2回目からあとも、5回分の日数が変わりました。"
        "2026年10月1日に7日。付与が10日に満たないので、5日の義務はありません。"
    )
    picture = page.get_by_role("img", name=re.compile("4回目 2029年10月1日 10日 2030年9月30日まで"))
    expect(picture).to_be_visible()


def test_too_little_attendance_gives_no_days_that_year(show: Show) -> None:
    page = show("leave_calendar")
    page.get_by_label("出勤が8割に満たなかった期間").select_option("2026年10月1日の前")
    assert told(page).endswith(
        "出勤が8割に満たないので、2026年10月1日の付与は0日です。次の年は数え直します。"
    )
    expect(page.get_by_role("row", name=re.compile("^2 2027年"))).to_contain_text("11日")


def test_a_day_of_hiring_that_cannot_be_read_is_told(show: Show) -> None:
    page = show("leave_calendar")
    hired = page.get_by_label("入職の日")
    hired.fill("令和８年８月３１日")
    assert "1回目は2026年10月1日の10日から、2027年3月1日の10日に変わりました。" in told(page)
    hired.fill("来年")
    expect(hired).to_have_accessible_description(re.compile("令和8年4月1日"))
    hired.fill("2031年7月1日")
    expect(hired).to_have_accessible_description(re.compile("2031年12月31日まで"))
    expect(page.get_by_role("row", name=re.compile("^1 "))).to_contain_text("2027年3月1日")


def test_visitors_moved_by_keyboard_move_every_line(show: Show) -> None:
    page = show("crowdfunding_explorer")
    assert told(page) == (
        "支援する人は125人、支援総額は875,000円で、目標まであと125,000円です。"
        "All-or-Nothingなので、お金は支払われず、支援した人に返されます。"
    )
    expect(page.get_by_role("row", name=re.compile("^手取り"))).to_have_text("手取り0円")
    tab_to(page, "ページを見る人をつまみで動かす")
    page.keyboard.press("End")
    expect(page.get_by_label("ページを見る人", exact=True)).to_have_value("10,000")
    assert told(page) == (
        "手取りが0円から1,047,750円に変わりました。"
        "支援する人は250人、支援総額は1,750,000円で、目標に届きます。"
    )
    for row, text in (
        ("支援する人", "250人＋125 増"),
        ("手数料と税", "▲327,250円▲327,250 減"),
        ("リターンの費用", "▲375,000円▲375,000 減"),
        ("手取り", "1,047,750円＋1,047,750 増"),
    ):
        expect(page.get_by_role("row", name=re.compile(f"^{row}"))).to_have_text(row + text)
    for text in (
        "支援する人: 10,000人 × 2.5% = 250人(1人未満は切捨て)",
        "手数料と税: 1,750,000円 × 17% × (100% + 10%) = 327,250円(円未満は切捨て)",
        "手取り: 1,750,000円 − 327,250円 − 375,000円 = 1,047,750円",
    ):
        expect(page.get_by_text(text, exact=True)).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("支援総額1,750,000円"))).to_be_visible()


def test_all_in_pays_below_the_goal_and_rates_are_the_readers(show: Show) -> None:
    page = show("crowdfunding_explorer")
    page.get_by_label("受け取り方").select_option("All-in")
    assert told(page).startswith("手取りが0円から523,875円に変わりました。")
    page.get_by_label("手数料の率").fill("１２．５％")
    assert told(page).startswith("手取りが523,875円から567,188円に変わりました。")
    page.get_by_label("リターンの費用(1人分)").fill("9,000")
    assert told(page).endswith("リターンの費用が多く、手取りがマイナスです。")
    expect(page.get_by_role("row", name=re.compile("^手取り"))).to_contain_text("▲370,312円")
    page.get_by_label("見た人のうち、支援する割合(転換率)").fill("0")
    expect(
        page.get_by_text("目標に届くまで: 1,000,000円 ÷ 7,000円 = 143人(切上げ)")
    ).to_be_visible()
    assert "支援する人は0人" in told(page)


def test_a_rate_that_cannot_be_read_is_told_and_moves_nothing(show: Show) -> None:
    page = show("crowdfunding_explorer")
    rate = page.get_by_label("手数料の率")
    for text in ("17%くらい", "60", "-1", "1.2345", ""):
        rate.fill(text)
        expect(rate).to_have_accessible_description(
            "0から50までの数で書いてください。2.5のような数も使えます。"
        )
    goal = page.get_by_label("目標金額")
    goal.fill("0")
    expect(goal).to_have_accessible_description("1から100,000,000までの数で書いてください。")
    expect(page.get_by_text("× 17% × (100% + 10%)")).to_be_visible()
