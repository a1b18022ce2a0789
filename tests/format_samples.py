"""Pieces of documents in each format, sound ones and broken ones, to be put together at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vnclean.documents.text import Splitter
from vnclean.formats.html import HtmlSplitter
from vnclean.formats.jsonl import JsonlSplitter
from vnclean.formats.markdown import MarkdownSplitter
from vnclean.formats.subtitles import SubtitleSplitter
from vnclean.formats.table import TableSplitter


@dataclass(frozen=True)
class Sample:
    """``make``: the splitter, given whether it looks across lines.  ``head`` comes first."""

    make: Callable[[bool], Splitter]
    pieces: list[str]
    head: str = ""
    escapes: bool = False  #: whether what a repair puts in is never taken for anything else


COMMON = [
    "chng",
    " ",
    "\n",
    "\r\n",
    "\r",
    "a  b",
    "xx",
    "đế",
    "ệ",
    "😀",
    "\udcff",
    "\\",
    '"',
    "'",
    "&",
]

SAMPLES = {
    "jsonl": Sample(
        lambda across: JsonlSplitter(["text", "a.b"], across),
        [
            '{"text": "ph\\u00f2ng chng d\\u1ecbch"}\n',
            '{"id": 1e5, "text": "phòng chng dịch\\n\\t\\"xx\\"", "a.b": "chng"}\r\n',
            '{"a": {"b": ["chng", {"c": 1}, ["đế"]]}, "text": null}\n',
            '[{"text": "chng"}, {"text": "\\ud83d\\ude00 chng \\ud83d"}]\n',
            '{"text": "chng", "text": "a  b"}\n',
            '{"text": "chng}\n',
            '{"text": ',
            '"',
            '{"text": "vnclean:off chng\\nchng vnclean:on chng"}\n',
            "{}",
            "[[",
            "]",
            ",",
            ":",
            "\\u00",
        ],
        escapes=True,
    ),
    "csv": Sample(
        lambda across: TableSplitter(["text"], across_lines=across),
        [
            "1,phòng chng dịch\n",
            '2,"phòng chng, ""dịch"" xx\nchng a  b"\r\n',
            '"3", chng "đế"\n',
            '4,"chng"dịch\n',
            '5,"chng\n',
            "6\n",
            "7,chng,thừa\n",
            '"',
            '""',
            ",",
        ],
        "id,text\n",
        escapes=True,
    ),
    "tsv": Sample(
        lambda across: TableSplitter(["text", "1"], "\t", across),
        ["chng\tmột\n", '"chng\n', '"chng\tdịch"\tba\n', "\t", '"', '""'],
        "text\tb\r\n",
    ),
    "html": Sample(
        HtmlSplitter,
        [
            "<p>Phòng <b>chng</b> dịch</p>\n",
            '<a href="x>y" title=\'chng\'>ph&ograve;ng ch<i>ng</i> d&#7883;ch</a>',
            "<div lang=en>chng <span lang='vi'>chng</span> xx</div>",
            "<p translate=no>chng<p>chng",
            "<pre>chng <pre>x</pre></pre>",
            "<script>if (a</b) 'chng </script'</script >",
            "<!-- chng > -->",
            "<!-->",
            "<!doctype html>",
            "<![CDATA[chng]]>",
            "<?xml version='1.0'?>",
            "<br/>",
            "<textarea>chng",
            "<!-- vnclean:off -->",
            "chng <!-- vnclean:on --> chng",
            "<!-- vnclean:ignore-line -->\n",
            "<p><!-- vnclean:ignore-next-line -->",
            "<p a='",
            "<p =\"",
            "<",
            ">",
            "</",
            "</p",
            "&#",
            "&am",
            "p;",
            "<!-",
            "-->",
            "=",
        ],
        escapes=True,
    ),
    "srt": Sample(
        lambda across: SubtitleSplitter(across_lines=across),
        [
            "1\n00:00:01,000 --> 00:00:02,000\n<i>Phòng chng\ndịch</i> {\\an8}chng\n\n",
            "2\r\n00:00:01,000 --> 00:00:02,000 X1:2\r\nchng<br>xx\r\n\r\n",
            "2020\n",
            "00:01,5 --> 00:02\n",
            "<i",
            "{y:i}",
            "-->",
        ],
    ),
    "vtt": Sample(
        lambda across: SubtitleSplitter(True, across),
        [
            "NOTE chng\n\n",
            "NOTE vnclean:off\n\n",
            "NOTE vnclean:on\n\n",
            "một\n00:01.000 --> 00:02.000 align:left\n<v Nam>Phòng &amp; chng",
            " <00:01.500>dịch</v>\n\n",
            "00:01.000 --> 00:02.000\n",
            "&#7883;",
            "&lt",
            "<c.x",
        ],
        "WEBVTT chng\n\n",
    ),
    "markdown": Sample(
        MarkdownSplitter,
        [
            "---\ntitle: chng\n---\n",
            "# Phòng *chng* dịch\n",
            "Phòng **chng** `chng` dịch\nvà [chng](http://a.vn/chng \"chng\") $chng$ xx.\n\n",
            "> trích chng\n> ``chng ` chng``\n",
            "```sh\nchng\n```\n",
            "~~~~\nchng ```\n~~~\n~~~~~\n",
            "    chng\n",
            "\tchng\n",
            "- mục chng\n",
            "   1) chng\n\n      chng\n\n          chng\n",
            "[chng]: http://a.vn\n",
            "[^1]: chng\n",
            "<div title='chng'>chng<br>chng</div>\n",
            "<!-- chng\n\nchng -->\n",
            "<script>\nchng\n\n",
            "</script>\n",
            "https://a.vn/chng chng\n",
            "<!-- vnclean:off -->\n",
            "<!--\nvnclean:on\n-->\n",
            "chng <!-- vnclean:ignore-line --> chng\n",
            "<!-- vnclean:ignore-next-line -->\n",
            "`<!-- vnclean:off -->`",
            "| chng | a |\n|---|---|\n",
            "* * *\n",
            "===\n",
            "`",
            "``",
            "$",
            "_",
            "*",
            "](",
            "{{ chng }}",
        ],
    ),
}  # fmt: skip
