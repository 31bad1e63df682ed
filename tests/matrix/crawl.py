"""Ask for every address of the house with every id of a family, and read all that comes back.

The addresses come from the URL table itself, so one added later is asked too. A name in an
address that the family has no value for fails the test: give it a row in ``samples.py``.
"""

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from manabiya.apps.invitations.codes import new_code
from tests.matrix.bytes_of_answers import held, texts_of_answer
from tests.matrix.protected_family import JUNIOR_HIGH, KEPT_KEY, NEW, OLD, PASSWORD

PART = re.compile(r"<(?:(\w+):)?(\w+)>")
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value|name="csrf-token" content)="\w+"')
OF_THE_MOMENT = re.compile(
    r"data:image/svg\+xml;base64,[\w+/=]+|\b[A-Z2-7]{32}\b"  # a new authenticator, its QR code
    r"|(?<=/account/sessions/)\d+|\b\d{1,2}:\d{2}\b"  # the own devices, the clock
)
NOBODYS = 987_654_321
KEYS = ("q", "class", "student", "guardian", "homeroom", "school", "person", "before", "report",
        "pair", "right", "enrollment", "invitation", "address", "id", "subject", "kind")  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A pattern of the URL table with the names in it."""

    pattern: str
    names: tuple

    def fill(self, values):
        """Return the address with values in the places of the names."""
        return "/" + PART.sub(lambda part: str(values[part.group(2)]), self.pattern)


def addresses():
    """Return every address of the URL table."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns, prefix):
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, pattern)
        else:
            yield Address(pattern, tuple(name for _, name in PART.findall(pattern)))


@dataclass
class Known:
    """What is asked in which place: by name of the place, and ids for every place of an id."""

    family: object
    ids: list
    by_name: dict = field(default_factory=dict)

    @classmethod
    def of(cls, family):
        ids = sorted({str(pk) for pks in family.ids.values() for pk in pks} | {
            str(family.father_account.id), str(family.mother_account.id),
        })  # fmt: skip
        values = {name: [value] for name, value in family.samples.items()}
        values |= {
            "municipality": ["shirakabano"],
            "school": [NEW, OLD, JUNIOR_HIGH],
            "code": [family.paper],
            "purpose": ["prove", "add"],
            "account": [family.mother_account.id],
            "authenticator": [NOBODYS],
            "session": [*values.get("session", []), NOBODYS],
        }
        return cls(family, ids, values)

    def usual(self, address):
        """Return one value for each name of an address."""
        unknown = set(address.names) - self.by_name.keys()
        assert not unknown, f"{address.pattern}: give samples for {unknown} in samples.py"
        return {name: self._fitting(address, name)[0] for name in address.names}

    def _fitting(self, address, name):
        """Return the named values; of a place for whole numbers, the whole numbers only."""
        if f"<int:{name}>" in address.pattern:
            return [value for value in self.by_name[name] if isinstance(value, int)]
        return self.by_name[name]

    def choices(self, address, name):
        """Return everything to ask in the place of a name."""
        if f"<uuid:{name}>" in address.pattern:
            return [*dict.fromkeys([str(self.by_name[name][0]), *self.ids])]
        return self._fitting(address, name)


def random_like(value):
    """Return something nobody knows, of the same shape."""
    text = str(value)
    if re.fullmatch(r"[0-9a-f-]{36}", text):
        return str(uuid4())
    if re.fullmatch(r"[0-9A-Z]{12}", text):
        return new_code()
    return text[:-2] + "qx" if text.isascii() and text.isalpha() and len(text) > 8 else text


def asked_with(known, one, *, is_strange=False):
    """Return what a form could send, with the id in every field an id could be in.

    ``is_strange``: nothing in it belongs to the family, not even the paper and the birth date.
    """
    family = known.family
    child, sibling, father, mother, code = (
        str(random_like(value) if is_strange else value)
        for value in (family.child, family.sibling, family.father, family.mother, family.paper)
    )
    return {
        **dict.fromkeys(KEYS, one),
        "kind": "absent", "date": "2026-11-20", "reason": "fever", "note": "行きます",
        "key": uuid4().hex if is_strange else KEPT_KEY, "pair": f"{child}:{father}", "code": code,
        "birth_date": "2011-01-02" if is_strange else family.born.isoformat(),
        "students": [child, sibling], "guardians": [mother],
        "password": PASSWORD, "text": "x", "way": "passkey", "minutes": "15", "basis": "request",
        "review_on": "2027-01-01", "starts_on": "2026-11-20",
    }  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One request: ``group``: questions that differ in one value only; ``strange``: its twin."""

    method: str
    url: str
    sent: dict
    group: tuple

    @property
    def typed(self):
        return f"{self.url} {self.sent}"


def questions(known):
    """Yield each question with its twin about somebody nobody knows."""
    for address in addresses():
        usual = known.usual(address)
        many = [name for name in address.names if len(known.choices(address, name)) > 1]
        for name in many or [""]:
            for value in known.choices(address, name) if name else [""]:
                values = {**usual, name: value} if name else usual
                yield from _both_ways(known, address, values, name)


def _both_ways(known, address, values, name):
    one = str(values[name]) if name in address.names else str(known.family.child)
    strange = random_like(one)
    unknown = {**values, name: strange} if name in address.names else {**values}
    group = (address.pattern, name, one if strange == one else "")
    for method in ("get", "post"):
        real, twin = (
            Question(
                method, address.fill(v), _sent(known, method, who, v is unknown), (method, *group)
            )
            for v, who in ((values, one), (unknown, strange))
        )
        yield real, twin


def _sent(known, method, one, is_strange):
    if method == "get":
        return dict.fromkeys(KEYS, one)
    return asked_with(known, one, is_strange=is_strange)


class Crawler:
    """Asks in the name of one browser; each deed is taken back, so that none spoils the next."""

    def __init__(self, client, secrets):
        self.cookies = client.cookies.output(header="", sep=";")
        self.secrets = secrets
        self.found = {}
        self.count = 0

    def ask(self, question):
        """Ask once; note the secrets in the answer that were not typed in the question."""
        browser = Client(raise_request_exception=False)
        browser.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            answer = getattr(browser, question.method)(question.url, question.sent, follow=True)
            transaction.set_rollback(True)
        self.count += 1
        typed = question.typed
        secrets = {word for word in self.secrets if word not in typed}
        found = held(secrets, texts_of_answer(answer))
        if found:
            self.found.setdefault((question.method, question.url), set()).update(found)
        return Answer.of(answer, typed)

    def all_found(self):
        """Return every secret found anywhere."""
        return set().union(*self.found.values()) if self.found else set()


@dataclass(frozen=True)
class Answer:
    """What can be compared between two answers: what was typed is taken out."""

    status: tuple
    body: str

    @classmethod
    def of(cls, answer, typed):
        body = OF_THE_MOMENT.sub("", TOKEN.sub("", answer.content.decode(errors="replace")))
        for word in sorted(set(re.findall(r"[0-9a-zA-Z-]{8,}", typed)), key=len, reverse=True):
            body = body.replace(word, "•")
        chain = [status for _, status in answer.redirect_chain]
        return cls((*chain, answer.status_code), body)

    def looks_like(self, other, *, wobbles=False):
        """Return whether nobody could tell the two apart; some pages never come twice the same."""
        if wobbles:
            return self.status == other.status and abs(len(self.body) - len(other.body)) < 64
        return self == other
