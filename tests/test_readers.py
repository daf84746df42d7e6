"""Bytes → Document, and every way of refusing."""

import pytest

from checker.model.document import Grid, Paragraph
from checker.model.place import LinePlace
from checker.readers import Limits, Unreadable, find_documents, read_document

TEXT = "封面\n\n科目\t合计\n208\t1.00\n\n209\t2.00\n尾\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_give_the_same_document(tmp_path, encoding, ending):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", ending).encode(encoding))
    blocks = read_document(path).blocks
    assert [type(block) for block in blocks] == [Paragraph, Grid, Grid, Paragraph]
    assert blocks[1].rows[1].texts == ("208", "1.00")
    assert blocks[1].rows[1].places == (LinePlace(4, 1), LinePlace(4, 2))
    assert blocks[3].place == LinePlace(7)


def test_a_form_feed_is_no_line(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("一\f二\n\f\n三", encoding="utf-8")
    assert [block.place.line for block in read_document(path).blocks] == [1, 3]


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"", "文件为空", None),
        (b" \n\t\n", "文件只有空白", None),
        (b"%PDF-1.7 ...", "PDF", None),
        (b"PK\x03\x04....", "Word", None),
        ("好\n".encode() + b"\0\1\2", "二进制", 2),
        ("一\n二\n".encode() + b"\xff\xff\xff", "编码", 3),
        ("字".encode("utf-16"), "UTF-16", None),
        (("a" * 1_000_001).encode(), "字符", 1),
        (("一\n" + "\t" * 1_000_000).encode(), "字符", 2),
        (("一\n" + "1\t" * 600).encode(), "栏", 2),
    ],
)
def test_what_is_no_document_is_refused_with_reason_and_place(tmp_path, content, reason, line):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_document(path)
    assert reason in caught.value.reason
    assert (caught.value.place.line if caught.value.place else None) == line


def test_limits_can_be_set(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    for limits in (Limits(bytes=10), Limits(lines=3), Limits(line_length=3), Limits(fields=1)):
        with pytest.raises(Unreadable, match="上限"):
            read_document(path, limits)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(Unreadable):
            read_document(path)


def test_folders_are_searched_in_order_and_once(tmp_path):
    for name in ("b/2.txt", "a/1.txt", "a/notes.md", "c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in find_documents([tmp_path, tmp_path / "a/1.txt"])]
    assert found == ["a/1.txt", "b/2.txt", "c.pdf"]


def test_a_folder_gives_up_what_no_reader_knows_and_leaves_what_programs_left(tmp_path):
    for name in ("a.ofd", "b.rar", "c.DOCM", "~$c.docx", "._b.pdf", ".~d.xlsx", "logo.png"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in find_documents([tmp_path])] == ["a.ofd", "b.rar", "c.DOCM"]
