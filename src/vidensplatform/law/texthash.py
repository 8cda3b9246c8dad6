"""The fingerprint of a provision's text, the same for every rendering of the same words."""

from __future__ import annotations

import hashlib
import unicodedata

from vidensplatform.law.model import Provision


def text_sha256(text: str) -> str:
    """The SHA-256 (64 hex digits) over the letters and digits of ``text`` only, case folded.

    Spaces, hyphens, punctuation, soft hyphens and zero-width characters differ between renderings of the same act and do not count.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return hashlib.sha256("".join(ch for ch in folded if ch.isalnum()).encode()).hexdigest()


def provision_sha256(provision: Provision) -> str:
    """The hash of a provision: its text and that of all below it, without footnotes and without its own marker and heading.

    The marker is left out so that a provision that was only renumbered keeps its hash; headings stand above it, not in it.
    """
    inner = provision.full_text(footnotes=False)
    own = " ".join(p for p in (provision.marker, provision.heading) if p)
    return text_sha256(inner.removeprefix(own))
