import pytest

from manabiba_server.books.text_table import MOST_ROWS, FileError, rows_of_bytes, rows_of_text

TEXT = "日付,借方科目,借方金額\n2025/4/1,会議費①,500\n"
ROWS = [["日付", "借方科目", "借方金額"], ["2025/4/1", "会議費①", "500"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_encodings_of_japanese_spreadsheets(encoding: str, newline: str) -> None:
    assert rows_of_bytes(TEXT.replace("\n", newline).encode(encoding)) == ROWS


def test_pasted_cells_are_separated_by_tabs() -> None:
    assert rows_of_text(TEXT.replace(",", "\t")) == ROWS
    assert rows_of_text("1,000\t2\n") == [["1,000", "2"]]


def test_quoted_cells_keep_commas_and_line_breaks() -> None:
    assert rows_of_text('"1,000","a\nb"\n') == [["1,000", "a\nb"]]


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n1,"2\n3,4\n',  # to the end of the file
        'a,b,c,d,e\n1,2,3,4,"5\n1,2,3,4,5\n1,2,3,4,"6\n',  # to the next mark
    ],
)
def test_rows_that_an_open_quotation_mark_swallows_are_never_lost(text: str) -> None:
    with pytest.raises(FileError, match="2行目から、二重引用符"):
        rows_of_text(text)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "何も書かれていません"),
        (b" \r\n", "何も書かれていません"),
        (b"\xff\xfea", "文字を読みとれません"),
        (b"\x00\x01\x02\x03" * 100, "文字を読みとれません"),
        (bytes(range(256)) * 10, "文字を読みとれません"),
        (b'a,b\n"' + b"x" * 3000, "2行目に長すぎる項目"),
        (b'a,b\n"' + b"x" * 200_000, "2行目を、表の行として読めません"),
        (b"a,b\n" * (MOST_ROWS + 1), "行が多すぎます"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_says_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(FileError) as refused:
        rows_of_bytes(data)
    assert words in str(refused.value)


def test_blank_rows_at_the_end_are_not_too_many() -> None:
    assert len(rows_of_bytes(b"a,b\n" + b",\n" * (MOST_ROWS + 5))) >= 1
