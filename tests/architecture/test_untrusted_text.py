"""What a person has written reaches a page by one way per surface: md, the table, theme.diagram."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGES = sorted(Path(__file__).parents[2].glob("pages/**/*.py"))
# Streamlit reads Markdown in the first argument of these, and in the keywords below.
MARKDOWN = set(
    "badge button caption checkbox download_button error expander form_submit_button header info "
    "link_button markdown metric page_link popover radio segmented_control selectbox multiselect "
    "spinner status subheader success tabs text_area text_input title toast toggle warning "
    "file_uploader date_input number_input slider write".split()
)
KEYWORDS = ("help", "captions", "label", "body")
# Gives text that can hold no markup: escaped, a figure or a date.
SAFE = set(
    "escape_markdown kr whole delta_kr decimal percent ore ore_kr date_text date_words len".split()
)
# The page's own texts, put together from its constants or escaped where they are made.
ESCAPED = {"_row", "_whose", "program"}
# Names of years and numbers, of the agreement's own words, and of constants of the page.
PLAIN = set(
    "MOST YEAR after ask before budgetaret category clause count file first kommun_rows label "
    "labels last number page_file party_id period point sigill start tertial this_year title "
    "year years".split()
)


def is_safe(node: ast.expr, own: dict[str, ast.expr]) -> bool:
    """Whether the text of *node* holds no markup but the page's own. *own*: the locals."""
    match node:
        case ast.Constant():
            return True
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            return all(is_safe(part, own) for part in parts)
        case ast.FormattedValue(value=inner) | ast.Starred(value=inner):
            return is_safe(inner, own)
        case ast.GeneratorExp(elt=inner) | ast.ListComp(elt=inner):
            return is_safe(inner, own)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return is_safe(one, own) and is_safe(other, own)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in SAFE | ESCAPED:
            return True
        case ast.Call(func=ast.Attribute(attr="join"), args=parts):
            return all(is_safe(part, own) for part in parts)
        case ast.Call(func=ast.Attribute(attr="lower", value=inner)):
            return is_safe(inner, own)
        case ast.Subscript(value=inner):
            return is_safe(inner, own)
        case ast.Attribute(attr=name):
            return name in PLAIN or name.isupper()
        case ast.Name(id=name):
            return name in PLAIN or name.isupper() or (name in own and is_safe(own[name], {}))
    return False


def unescaped(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    own = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute | ast.IfExp):
            continue
        if isinstance(call.func, ast.Attribute) and call.func.attr not in MARKDOWN:
            continue
        shown = [*call.args[:1], *(k.value for k in call.keywords if k.arg in KEYWORDS)]
        if not all(is_safe(node, own) for node in shown):
            yield f"{call.lineno}: {ast.unparse(call)[:160]}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_streamlit_reads_as_markdown_is_escaped(path):
    assert list(unescaped(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source", ['st.caption(f"{item.namn}")', 'st.metric("A " + name, 1)', "st.info(str(error))"]
)
def test_the_guard_knows_a_name_that_goes_round_the_escape(source):
    assert list(unescaped(source))


def test_every_figure_passes_the_one_place_that_escapes_its_text():
    drawn = [path.name for path in PAGES if "plotly_chart(" in path.read_text("utf-8")]
    assert drawn == ["theme.py"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_name_stands_inside_a_charts_template(path):
    """as_written leaves templates as they are: a name reaches one through the data."""
    templates = [
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg in ("hovertemplate", "texttemplate")
    ]
    assert not [
        ast.unparse(t) for t in templates for n in ast.walk(t) if isinstance(n, ast.JoinedStr)
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_writes_a_tag_that_a_figure_would_show_as_text(path):
    """A line or bold in a figure is marked by figure_text.lines and bold; a tag is escaped."""
    if path.name != "figure_text.py":
        assert "<br>" not in path.read_text("utf-8")
