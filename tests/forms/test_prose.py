"""Light marking: a few known signs, everything else is text."""

import pytest

from engine.forms.prose import Block, Span, blocks_of


def texts(source, **context):
    return [[span.text for span in line] for b in blocks_of(source, context) for line in b.lines]


def test_known_signs():
    source = "# 标题\n第一**重**`码`\n第二行\n\n- 甲\n- 乙\n\n1. 一\n2) 二\n[去](/x#y)"
    assert blocks_of(source, {}) == [
        Block("heading", [[Span("text", "标题")]], 1),
        Block(
            "paragraph",
            [
                [Span("text", "第一"), Span("strong", "重"), Span("code", "码")],
                [Span("text", "第二行")],
            ],
        ),
        Block("bullets", [[Span("text", "甲")], [Span("text", "乙")]]),
        Block("numbers", [[Span("text", "一")], [Span("text", "二")]]),
        Block("paragraph", [[Span("link", "去", "/x#y")]]),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](//evil.example)",
        "[x](/\\evil.example)",
        "[x](data:text/html,x)",
        "![x](https://e/x.png)"[1:].replace("https", "ftp"),
        '[x](/a" onclick="x)',
    ],
)
def test_everything_else_is_text(source):
    spans = [span for block in blocks_of(source, {}) for line in block.lines for span in line]
    assert {span.kind for span in spans} == {"text"}
    assert "".join(span.text for span in spans) == source


def test_a_value_never_becomes_marking():
    hostile = "**x** [y](https://evil.example) # z"
    assert texts("你好 {{ name }}", name=hostile) == [["你好 ", hostile]]
    [block] = blocks_of("[{{ name }}](/home)", {"name": hostile})
    assert block.lines == [[Span("link", hostile, "/home")]]


def test_a_link_cannot_be_put_together_from_values():
    [block] = blocks_of("[x](https://{{ host }})", {"host": "evil.example"})
    assert [span.kind for span in block.lines[0]] == ["text", "text", "text"]
