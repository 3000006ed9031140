"""Pages on which a draft is begun, written, proposed, taken back and deleted; all of it works without scripts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ikrar.access.actions import set_flash
from ikrar.core.http import Request, attempt, number_sent, officer
from ikrar.norms import law as norms
from ikrar.regions.queries import get_office
from ikrar.registry.queries import get_current_election
from ikrar.texts import actions, law, queries
from ikrar.texts.forms import ROWS, BeginForm, DraftForm, ScanForm
from ikrar.texts.queries import TextVersion
from ikrar.texts.rules import EDITS, Content, Start, TextKind, check_editing, same_words
from ikrar.texts.views.words import kind_name, say_faults, title_of


@officer("GET", "POST")
def begin(request: Request) -> HttpResponse:
    """Choose the text and what it begins from."""
    election = get_current_election(get_office(request.actor.path).pk)
    request.actor.require("texts.propose", at=election.path)
    slots = [slot for slot in queries.list_texts(request.actor, election.pk) if slot.waiting is None]
    texts = [(f"{slot.kind.value}-{slot.body_kind}", f"{kind_name(slot.kind)} {slot.body_kind}") for slot in slots]
    bases = [queries.find_base(election.office_id, slot.kind, slot.body_kind, election.pk) for slot in slots]
    initial = {"text": request.GET.get("naskah", "")}
    form = BeginForm(request.POST or None, initial=initial, texts=texts, has_current=any(bases))

    def act() -> TextVersion:
        kind, body = form.cleaned_data["text"].split("-", 1)
        return actions.create_draft(actor=request.actor, election_id=election.pk, kind=TextKind(kind), body_kind=body,
                                    start=Start(form.cleaned_data["start"]))

    if request.method == "POST" and (text := attempt(form, act)):
        return redirect("texts:edit", text_id=text.pk)
    context = {"form": form, "election": election, "texts": texts, "crumbs": _crumbs(gettext("New text"))}
    return render(request, "texts/begin.html", context)


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(gettext("Oath and pact"), "/sumpah/"), (gettext("Texts"), reverse("texts:index")), (last, "")]


@officer("GET", "POST")
def edit(request: Request, text_id: UUID) -> HttpResponse:
    """Write a draft. Every button stores everything first, so that nothing typed is lost."""
    text = queries.get_office_text(request.actor, text_id)
    request.actor.require("texts.propose", at=text.path)
    if check_editing(text.text_state):
        return redirect("texts:show", text_id=text.pk)
    if request.method != "POST":
        return _form_page(request, text, _draft_form(text), ScanForm(request.FILES), version=text.version)
    return _Saving(request, text).answer()


def _draft_form(text: TextVersion, request: Request | None = None) -> DraftForm:
    language = get_language() or "id"
    bank = norms.questions_on(text.created_at.date())
    questions = [(key, f"{key}. {question.stem.say(language)}") for key, question in bank.items()]
    return DraftForm(text.text_kind, text.typed, request.POST if request else None, questions=questions)


class _Saving:
    """One press of a button on the draft's page: keep the scan, keep the words, then do what the button says."""

    def __init__(self, request: Request, text: TextVersion) -> None:
        self.request, self.text = request, text
        self.version = number_sent(request, "version")
        self.form, self.scan = _draft_form(text, request), ScanForm(request.FILES)
        self.wish, _, self.rest = request.POST.get("aksi", "simpan").partition(":")

    def answer(self) -> HttpResponse:
        is_kept = self._keep_scan() & self._keep_words()
        if is_kept and self.wish != "ajukan":
            address = reverse("texts:edit", args=[self.text.pk])
            place = self.rest.partition(":")[0]
            if self.wish in EDITS:
                return redirect(f"{address}#{place}")
            set_flash(self.request.actor, "ok", gettext("The draft is stored. Continue whenever you like."))
            return redirect(address)
        proposed = attempt(self.form, self._propose) if is_kept else None
        if proposed:
            _say_proposed(self.request, proposed)
            return redirect("texts:show", text_id=self.text.pk)
        return _form_page(self.request, self.text, self.form, self.scan, version=self.version, is_kept=is_kept)

    def _keep_scan(self) -> bool:
        if not self.scan.uploaded:
            return True
        done = attempt(self.scan, lambda: actions.attach_scan(
            actor=self.request.actor, text_id=self.text.pk, version=self.version, files=self.scan.cleaned_data["scan"]))
        self.version = done.version if done else self.version
        return done is not None

    def _keep_words(self) -> bool:
        done = attempt(self.form, lambda: actions.save_draft(
            actor=self.request.actor, text_id=self.text.pk, version=self.version, content=self._edited()))
        self.version = done.version if done else self.version
        return done is not None

    def _edited(self) -> Content:
        content = self.form.content()
        key, _, number = self.rest.partition(":")
        parts = {name: part for part, name in ROWS[self.text.text_kind]}
        if self.wish not in EDITS or key not in parts:
            return content
        return EDITS[self.wish](content, parts[key], int(number) if number.isdecimal() and len(number) < 4 else 0)

    def _propose(self) -> TextVersion:
        return actions.propose_text(actor=self.request.actor, text_id=self.text.pk, version=self.version)


def _form_page(
    request: Request, text: TextVersion, form: DraftForm, scan: ScanForm, *, version: int, is_kept: bool = True
) -> HttpResponse:
    language = get_language() or "id"
    fresh = queries.get_office_text(request.actor, text.pk)
    sample = law.get_sample(text.sample_id)
    context: dict[str, Any] = {
        "text": fresh,
        "title": title_of(fresh),
        "crumbs": _crumbs(title_of(fresh)),
        "form": form,
        "rows": form.rows(),
        "questions": form.question_rows(),
        "scan_form": scan,
        "scan": queries.find_scan(fresh),
        "faults": say_faults(queries.list_faults(fresh)),
        "version": version,
        "is_kept": is_kept,
        "sample": sample if sample and same_words(fresh.content, sample.wording) else None,
        "norms": [(norm.id, norm.text.say(language)) for norm in norms.get_version(fresh.norm_version).values()],
        "is_pact": fresh.text_kind is TextKind.PACT,
    }
    return render(request, "texts/edit.html", context, status=422 if form.errors or scan.errors else 200)


def _say_proposed(request: Request, text: TextVersion) -> None:
    said = gettext("%(text)s waits for the second person. It can no longer be edited.") % {"text": title_of(text)}
    set_flash(request.actor, "ok", said)


@officer("POST")
def propose(request: Request, text_id: UUID) -> HttpResponse:
    """Hand the draft over from its own page."""
    text = actions.propose_text(actor=request.actor, text_id=text_id, version=number_sent(request, "version"))
    _say_proposed(request, text)
    return redirect("texts:show", text_id=text_id)


@officer("POST")
def withdraw(request: Request, text_id: UUID) -> HttpResponse:
    """Take a proposal back."""
    actions.withdraw_text(actor=request.actor, text_id=text_id, version=number_sent(request, "version"))
    set_flash(request.actor, "ok", gettext("Taken back. It is a draft again and nobody is asked to approve it."))
    return redirect("texts:edit", text_id=text_id)


@officer("POST")
def remove(request: Request, text_id: UUID) -> HttpResponse:
    """Delete a draft."""
    actions.delete_draft(actor=request.actor, text_id=text_id, version=number_sent(request, "version"))
    set_flash(request.actor, "ok", gettext("The draft is deleted. Approved versions are as they were."))
    return redirect("texts:index")


