"""Where a lesson's text links to the glossary, and that nothing else of the page changes."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from manabiba_server.glossary import Term
from manabiba_server.term_links import link_terms

NAMES = ("資産", "固定資産", "期首・期末", "使途等が制約された寄附金等", "1年基準", "P&L", "収益")
TERMS = tuple(Term(term=name, reading="よみ", meaning="意味", lesson_id="c-1") for name in NAMES)
LINK = re.compile(r'<a class="term" href="glossary#([^"]*)">(.*?)</a>')


def linked(html: str) -> list[str]:
    """The words that became links."""
    return [found[1] for found in LINK.findall(link_terms(html, TERMS)[0])]


def test_the_first_of_each_term_becomes_a_link_and_is_told() -> None:
    html, terms = link_terms("<h2>1</h2><p>収益は資産を増やす。\n資産とは。</p>", TERMS)
    assert html == (
        '<h2>1</h2><p><a class="term" href="glossary#term-収益">収益</a>は'
        '<a class="term" href="glossary#term-資産">資産</a>を増やす。\n資産とは。</p>'
    )
    assert [term.term for term in terms] == ["資産", "収益"]


def test_each_section_links_its_first_one_again() -> None:
    assert linked("<h2>1</h2><p>資産、資産</p><h3>a</h3><p>資産</p><h2>2</h2><p>資産</p>") == [
        "資産",
        "資産",
    ]


def test_list_items_and_cells_are_running_text_and_other_places_are_not() -> None:
    inside = "<ul><li>資産</li></ul><table><tr><td><strong>収益</strong></td></tr></table>"
    assert linked(inside) == ["資産", "収益"]
    assert linked("<div>資産</div><figcaption>資産</figcaption><th>資産</th>資産") == []


@pytest.mark.parametrize(
    "tag", ["a", "button", "code", "h3", "label", "pre", "rt", "script", "summary", "svg"]
)
def test_no_link_stands_in_what_is_no_prose(tag: str) -> None:
    assert linked(f"<p>い<{tag}>資産</{tag}>ろ</p>") == []
    assert linked(f"<p>い<{tag}>資産</{tag}>資産</p>") == ["資産"]


@pytest.mark.parametrize("of", ["exercise-slot", "big lesson-output"])
def test_no_link_stands_in_an_exercise_or_an_output(of: str) -> None:
    slot = f'<div class="{of}"><div><p>資産<br>資産</p></div></div>'
    assert linked(slot) == []
    assert linked(f"{slot}<p>資産</p>") == ["資産"]


def test_the_table_of_terms_itself_has_no_links_but_the_next_one_has() -> None:
    glossary = "<table><tr><th>用語</th><th>読み</th></tr><tr><td>資産</td></tr></table>"
    assert linked(glossary) == []
    other = "<table><tr><th>名前</th><th>用語</th></tr><tr><td>資産</td></tr></table>"
    assert linked(glossary + other) == ["資産"]


def test_the_longest_term_wins_and_none_stands_in_another() -> None:
    assert linked("<p>固定資産と資産</p>") == ["固定資産", "資産"]
    assert linked("<p>使途等が制約された寄附金等</p>") == ["使途等が制約された寄附金等"]


@pytest.mark.parametrize("longer", ["総資産", "資産税", "21年基準", "収益力", "無収益"])
def test_a_part_of_a_longer_word_is_another_word(longer: str) -> None:
    assert linked(f"<p>この{longer}は</p>") == []


@pytest.mark.parametrize(
    "text", ["資産は", "1資産", "「資産」", "お資産", "(1年基準)", "第\n1年基準"]
)
def test_a_word_may_stand_beside_anything_that_is_no_part_of_it(text: str) -> None:
    assert len(linked(f"<p>{text}</p>")) == 1


@pytest.mark.parametrize("word", ["期首・期末", "期首", "期末"])
def test_either_half_of_a_double_term_is_meant(word: str) -> None:
    html, terms = link_terms(f"<p>{word}の残高</p>", TERMS)
    assert LINK.findall(html) == [("term-期首・期末", word)]
    assert [term.term for term in terms] == ["期首・期末"]


@pytest.mark.parametrize("text", ["子どもの居場所", "子育て支援金", "子ども・若者"])
def test_a_part_of_a_name_is_not_meant(text: str) -> None:
    name = "子ども・子育て支援金"
    support = Term(term=name, reading="しえんきん", meaning="意味", lesson_id="c-1")
    assert link_terms(f"<p>{text}</p>", [support]) == (f"<p>{text}</p>", ())
    assert link_terms(f"<p>{name}は</p>", [support])[1] == (support,)


def test_a_term_of_its_own_wins_over_the_half_of_another() -> None:
    own = Term(term="期末", reading="きまつ", meaning="意味", lesson_id="c-1")
    assert link_terms("<p>期末</p>", (*TERMS, own))[1] == (own,)
    assert link_terms("<p>期末</p>", (own, *TERMS))[1] == (own,)


def test_a_term_with_characters_of_html_is_found_and_escaped() -> None:
    assert link_terms("<p>いわゆるP&amp;Lです</p>", TERMS)[0] == (
        '<p>いわゆる<a class="term" href="glossary#term-P&amp;L">P&amp;L</a>です</p>'
    )


def test_a_page_without_a_glossary_stays_as_it_is() -> None:
    assert link_terms("<p>資産</p>", ()) == ("<p>資産</p>", ())


class Text(HTMLParser):
    """The text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


TAGS = [
    f"<{end}{tag}>" for tag in ("p", "li", "td", "table", "h2", "svg", "a") for end in ("", "/")
]
ODD = [
    "<br>",
    "<b/>",
    "\n",
    "\r\n",
    "&amp;",
    "&#12354;",
    "&",
    "<",
    "<!-- 資産 -->",
    "<![CDATA[",
    "<!x>",
    "<?y>",
    '<p title="資産">',
]
PIECES = st.lists(
    st.sampled_from([*NAMES, *TAGS, *ODD, "は", "<th>用語</th>"]) | st.text(max_size=4)
)


@given(PIECES.map("".join))
@example('<p title="資産">資産資産<![CDATA[資産')
def test_nothing_but_links_is_added_whatever_the_page(html: str) -> None:
    out, terms = link_terms(html, TERMS)
    assert LINK.sub(r"\2", out) == html
    assert Text(out).text == Text(html).text
    assert {anchor.replace("&amp;", "&") for anchor, _ in LINK.findall(out)} == {
        term.anchor for term in terms
    }
