"""Archives that hold the parts of one filing."""

import io
import zipfile

import pytest

from checker import Auditor
from checker.model.document import Paragraph
from checker.readers import Unreadable
from checker.readers.bundle import repaired
from tests.conftest import SAMPLES
from tests.support.workbooks import packed, read, workbook

TEXT = "正文\n科目\t合计\n教育\t1.00\n"


def table(title):
    def fill(book):
        page = book.add_worksheet("表")
        page.write("A1", title)
        page.write_row("A2", ["科目", "合计"])
        page.write_row("A3", ["教育", 1])

    return workbook(fill)


def test_parts_are_read_in_natural_order_and_every_place_names_its_part():
    document = read(packed({"表10.xlsx": table("十"), "表2.xlsx": table("二"), "a说明.txt": TEXT}))
    assert document.format == "zip"
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["正文", "二", "十"]
    parts = ["a说明.txt", "a说明.txt", "表2.xlsx", "表2.xlsx", "表10.xlsx", "表10.xlsx"]
    assert [block.place.part for block in document.blocks] == parts
    assert document.blocks[-1].rows[0].places[0].part == "表10.xlsx"
    assert document.blocks[-1].place.words() == "表10.xlsx 工作表“表”A2"


def test_what_is_no_document_is_told_and_what_systems_leave_is_not():
    document = read(
        packed(
            {
                "局/说明.txt": TEXT,
                "局/封面.png": b"\x89PNG\r\n\x1a\n",
                "局/坏.xlsx": b"PK\x03\x04 broken",
                "局/二进制.txt": "好\n".encode() + b"\0\1\2",
                "局/": b"",
                "__MACOSX/局/._说明.txt": b"\0\5\x16\7",
                "局/.DS_Store": b"\0",
                "局/~$说明.docx": b"\0",
            }
        )
    )
    assert [skipped.title for skipped in document.skipped] == ["局/二进制.txt", "局/坏.xlsx", "局/封面.png"]
    assert all(skipped.reason.startswith(f"{skipped.title}：") for skipped in document.skipped)
    assert [skipped.place.part for skipped in document.skipped] == ["局/二进制.txt", "局/坏.xlsx", "局/封面.png"]
    assert not any(skipped.foreign for skipped in document.skipped)


def test_archives_inside_are_opened_to_a_depth():
    inner = packed({"表.txt": TEXT})
    document = read(packed({"内.zip": inner, "外.txt": TEXT}))
    assert {block.place.part for block in document.blocks} == {"内.zip/表.txt", "外.txt"}
    third = read(packed({"二.zip": packed({"三.zip": inner}), "外.txt": TEXT}))
    assert "超过上限 2 层" in third.skipped[0].reason
    deeper = read(packed({"二.zip": packed({"三.zip": inner}), "外.txt": TEXT}), archives=3)
    assert not deeper.skipped


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_written_without_saying_their_encoding(encoding):
    name = "部门预算（说明）.txt"
    stand_in = name.encode(encoding).decode("cp437")
    assert repaired(stand_in) == name
    assert repaired(name) == name
    assert repaired("plain.txt") == "plain.txt"
    # The library marks every name that is not ASCII as UTF-8; programs on Chinese Windows write GBK and no mark.
    placeholder = "n" * len(name.encode(encoding))
    content = packed({placeholder: TEXT}).replace(placeholder.encode(), name.encode(encoding))
    assert {block.place.part for block in read(content).blocks} == {name}


def test_names_are_never_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = read(packed({"../../etc/passwd": TEXT, "/abs.txt": TEXT, "C:\\x.txt": TEXT}))
    assert len(document.blocks) == 6
    assert not list(tmp_path.iterdir())


def zeros(size):
    return packed({"a.txt": "0" * size})


@pytest.mark.parametrize(
    ("content", "limits", "reason"),
    [
        (packed({"a.png": b"\x89PNG"}), {}, "没有可以核验的文件"),
        (packed({"only/": b""}), {}, "没有可以核验的文件"),
        (zeros(20_000_000), {}, "压缩炸弹"),
        (zeros(1_000_000), {"inflated": 100_000}, "超过上限"),
        (packed({f"{number}.txt": TEXT for number in range(50)}), {"members": 20}, "50 个文件"),
        (packed({f"{number}.zip": zeros(3_000_000) for number in range(10)}), {"inflated": 9_000_000}, "超过上限"),
        (packed({"1.zip": packed({"2.zip": packed({"3.zip": packed({"a.txt": TEXT})})})}), {}, "没有可以核验的文件"),
    ],
    ids=["pictures", "nothing", "ratio", "inflated", "members", "nested", "deep"],
)
def test_hostile_archives_are_refused(content, limits, reason):
    with pytest.raises(Unreadable, match=reason):
        read(content, **limits)


def test_encrypted_and_truncated_archives_are_refused():
    content = packed({"a.txt": TEXT})
    flagged = bytearray(content)
    flagged[6] |= 1
    flagged[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="加密"):
        read(bytes(flagged))
    for size in range(30, len(content), 7):
        with pytest.raises(Unreadable):
            read(content[:size])


def test_a_member_whose_bytes_are_damaged_is_told():
    content = bytearray(packed({"a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_STORED))
    content[content.index("教育".encode())] ^= 1
    (skipped,) = read(bytes(content)).skipped
    assert skipped.title == "a.txt"
    assert "损坏" in skipped.reason


def test_a_zipped_filing_is_audited_like_the_file_itself(tmp_path, auditor: Auditor):
    clean = SAMPLES / "clean" / "unit.txt"
    path = tmp_path / "unit.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(clean, "单位/预算.txt")
    whole, zipped = auditor.audit_file(clean), auditor.audit_file(path)
    assert zipped.counts == whole.counts
    assert all(table.place.part == "单位/预算.txt" for table in zipped.filing.tables)


def test_an_archive_of_the_same_bytes_gives_the_same_document():
    content = packed({"b.txt": TEXT, "a.txt": TEXT})
    assert read(content) == read(io.BytesIO(content).getvalue())


def test_names_that_differ_in_case_are_two_files():
    document = read(packed({"A.txt": "甲\n", "a.txt": "乙\n"}))
    assert {(block.place.part, block.text) for block in document.blocks} == {("A.txt", "甲"), ("a.txt", "乙")}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "甲\n")
        archive.writestr("a.txt", "乙\n")
    with pytest.raises(Unreadable, match=r"两个 a\.txt"):
        read(stream.getvalue())


def test_folders_named_as_in_office_files_are_folders():
    document = read(packed({"word/说明.txt": "甲\n", "xl/表.xlsx": table("乙")}))
    assert {block.place.part for block in document.blocks} == {"word/说明.txt", "xl/表.xlsx"}


def test_ofd_is_refused_by_name():
    with pytest.raises(Unreadable, match="OFD"):
        read(packed({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<x/>"}))
