"""Every text an answer, a mail or a file holds: headers, HTML, JSON, CSV, tables, PDF."""

import gzip
import html
import io
import json
import zipfile
from contextlib import suppress
from urllib.parse import unquote

import pypdfium2


def texts_of_bytes(content, encoding=""):
    """Yield the texts of a file: as it stands, unpacked, unescaped, read as PDF."""
    if encoding == "gzip" or content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    if content.startswith(b"%PDF"):
        yield from _pages(content)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_of_bytes(archive.read(name))
    else:
        yield from _written(content)


def _pages(content):
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    for page in document:
        words = page.get_textpage()
        text = words.get_text_range()
        yield text
        yield "".join(text.split())
    yield str(document.get_metadata_dict())
    document.close()


def _written(content):
    for encoding in _encodings(content):
        text = content.decode(encoding, errors="ignore")
        yield text
        if "&" in text:
            yield html.unescape(text)
    if b"\\u" in content:
        with suppress(ValueError):
            yield json.dumps(json.loads(content), ensure_ascii=False)


def _encodings(content):
    """Yield the encodings the bytes could be written in; what is read twice does no harm."""
    yield "utf-8"
    if b"\x1b" in content:
        yield "iso-2022-jp"
    if b"\0" in content:
        yield "utf-16"
    try:
        content.decode()
    except UnicodeDecodeError:
        yield "cp932"
        yield "utf-16"


def texts_of_answer(answer):
    """Yield the texts of an answer and of those it was redirected through."""
    for address, _ in getattr(answer, "redirect_chain", ()):
        yield unquote(address)
    for name, value in answer.headers.items():
        yield f"{name}: {unquote(value)}"
    yield answer.cookies.output()
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    yield from texts_of_bytes(content, answer.headers.get("Content-Encoding", ""))


def texts_of_mail(mail):
    """Yield the texts of a mail: heads, body, every attachment."""
    message = mail.message()
    for part in message.walk():
        for name, value in part.items():
            yield f"{name}: {value}"
        payload = part.get_payload(decode=True)
        if payload:
            yield from texts_of_bytes(payload)
    yield from (mail.subject, mail.body)


def held(words, texts):
    """Return those of ``words`` that stand in one of the texts."""
    found = set()
    for text in texts:
        found |= {word for word in words - found if word in text}
    return found
