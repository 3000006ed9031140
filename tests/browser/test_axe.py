"""Row X08: every page that a role opens, on a phone and on a desk: nothing serious for axe, nothing wider than the screen.

The pages are those that tests/house/access.csv lets a role open, about the things of the same prepared world.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.hall import CHROMIUM, SIZES, chromium, open_as, site, stage
from house.matrix import Matrix
from house.places import RELATIONS, Stage
from house.posts import BODIES, KINDS

__all__ = ["chromium", "site", "stage"]
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
# One of each kind of reader: the others of a kind see the same pages.
READERS = ("LEGAL_OFFICER", "CHAIR", "ADMIN", "SUPERVISOR_PROV", "PPK_CHAIR", "PPS_MEMBER", "PUBLIC")
# Answers that are no pages.
NO_PAGE = (".csv", ".json", ".pdf", ".xlsx", ".txt", ".js", "/beda/", "/berkas/", "/halaman/", "healthz", "/log/")
pytestmark = [
    pytest.mark.row("X08"),
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="NO BROWSER: install chromium to look at every page"),
]


def addresses(stage: Stage, role: str) -> list[str]:
    """Every page that the role opens, once; public pages are the public's."""
    matrix = Matrix(stage, KINDS, BODIES, [])
    found = []
    for (route, method, reader), cells in matrix.table.cells.items():
        is_public = role != "PUBLIC" and matrix.table.cells.get((route, method, "PUBLIC"), {}).get("none") == "200"
        if (method, reader) != ("GET", role) or is_public or route.endswith(NO_PAGE) or route.startswith(("log/", "api/")):
            continue
        relation = next((each for each in RELATIONS if cells[each] == "200"), None)
        address = matrix.address_of(route, role, relation) if relation else ""
        found += [address] if address else []
    return [each for each in found if not each.endswith(NO_PAGE)]


def findings(page: Page) -> list[str]:
    """What axe calls serious or critical, and whether the page is wider than the screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    said = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return said + (["wider than the screen"] if wide else [])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("role", READERS)
def test_every_page_of(chromium: Browser, site: str, stage: Stage, role: str, size: str) -> None:
    page, wrong = open_as(chromium, site, stage, role, size), []
    todo = addresses(stage, role)
    for address in [*todo, "/tidak/ada/", *(["/kantor/"] if role not in ("ADMIN", "PUBLIC") else [])]:
        answer = page.goto(address, wait_until="load")
        expected = {"/tidak/ada/": 404, "/kantor/": 200 if role == "ADMIN" else 403}.get(address, 200)
        assert answer is not None
        if answer.status != expected:
            wrong.append(f"{address}: {answer.status}")
        # A scan is drawn by the browser's own viewer.
        if "text/html" in answer.headers.get("content-type", ""):
            wrong += [f"{address}: {what}" for what in findings(page)]
    page.context.close()
    assert len(todo) >= 3
    assert not wrong, "\n".join(wrong)


# Forms that are refused, with everything typed kept: the state that people meet when something went wrong.
REFUSED = {
    "LEGAL_OFFICER": ("/badan/63.10.05/tambah/", "/sumpah/baru/", "/badan/impor/"),
    "ADMIN": ("/kantor/orang/undang/", "/pemilihan/", "/kantor/"),
    "PUBLIC": ("/masuk/", "/masuk/undangan/", "/m/"),
}


SEND_EMPTY = """() => {
    const forms = [...document.querySelectorAll('main form[method=post]')];
    const form = forms.find(each => each.querySelector('[type=file]')) || forms.sort((a, b) => b.length - a.length)[0];
    form.querySelectorAll('input[type=text], input:not([type]), textarea').forEach(each => { each.value = '' });
    form.submit();
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("role", REFUSED)
def test_forms_that_were_refused(chromium: Browser, site: str, stage: Stage, role: str, size: str) -> None:
    page, wrong = open_as(chromium, site, stage, role, size), []
    for address in REFUSED[role]:
        page.goto(address)
        with page.expect_navigation():
            page.evaluate(SEND_EMPTY)
        if not page.locator("[aria-invalid=true], .ik-error-list, .ik-notice-bad, [role=alert]").count():
            wrong.append(f"{address}: no error is said")
        wrong += [f"{address}: {what}" for what in findings(page)]
    page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_a_bug(chromium: Browser, site: str, size: str) -> None:
    page = chromium.new_page(viewport=SIZES[size], base_url=site)
    text = Path("src/ikrar/web/templates/500.html").read_text().partition("{% endcomment %}")[2]
    text = text.replace("{% static 'dist/", f"{site}/static/dist/").replace("' %}", "")
    page.goto(site)
    page.set_content(text)
    assert findings(page) == []
    page.close()
