"""Draws a component's template with what it knows, the texts of a post, and what was wrong."""

from collections import Counter
from pathlib import Path

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.clock import local
from engine.forms.view import View
from engine.i18n import gettext

TEMPLATES = Path(__file__).parents[3] / "webapp" / "templates"


def drawn(component, facts, *, posted=None, errors=None, label="考生证书") -> BeautifulSoup:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=gettext,
        action_url=lambda key, action: f"/act/{key}/{action}",
        file_url=lambda file_id: f"/files/{file_id}",
    )
    environment.filters.update(
        moment=lambda when: f"{local(when):%Y-%m-%d %H:%M}", month=lambda day: f"{day:%Y-%m}"
    )
    errors = dict(errors or {})
    view = View(
        type=component.type,
        name="part",
        id="field-part",
        label=label,
        facts=facts,
        posted={name: [text] for name, text in (posted or {}).items()},
        error=errors.pop("", None),
        errors=errors,
        first_input=component.first_input,
    )
    html = environment.get_template(f"components/{component.type}.html").render(view=view)
    return BeautifulSoup(f"<!doctype html><title>t</title><body>{html}", "html5lib")


def faults(page: BeautifulSoup) -> list[str]:
    """What nobody can use: inputs without a label, ids twice, descriptions that are not there."""
    found = [
        f"twice: {i}" for i, n in Counter(t["id"] for t in page.select("[id]")).items() if n > 1
    ]
    labels = Counter(label["for"] for label in page.select("label[for]"))
    for control in page.select("input, select, textarea"):
        if control.get("type") == "hidden" or control.find_parent("label"):
            continue
        if labels[control.get("id")] != 1:
            found.append(f"no label: {control.get('name')}")
    tags = page.select("[aria-describedby], [aria-labelledby]")
    named = [f"{tag.get('aria-describedby', '')} {tag.get('aria-labelledby', '')}" for tag in tags]
    wanted = [*labels, *" ".join(named).split()]
    found += [f"not there: {name}" for name in wanted if page.find(id=name) is None]
    found += [f"no words: {i['src']}" for i in page.select("img") if not i.get("alt")]
    found += [f"says nothing: {b}" for b in page.select("button") if not b.get_text(strip=True)]
    return found
