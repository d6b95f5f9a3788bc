"""Pictures of pages (PNG, JPEG, TIFF) -> text, where a recogniser has read them; without one, a warning."""

from __future__ import annotations

import io
import warnings
from contextlib import ExitStack
from typing import Any, Final

from kl226_dedup.domain.document import Extraction, SourceFile, Step
from kl226_dedup.domain.errors import LimitExceeded, UnreadableFile
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.pdf_paragraphs import compose
from kl226_dedup.parsers.recognised import (
    blocks_of,
    recognised_notices,
    recognised_steps,
    scanned_notice,
)
from kl226_dedup.parsers.refusals import no_bytes, text_too_long

_FORMATS: Final = ("PNG", "JPEG", "TIFF")
_MAX_PIXELS: Final = 89_000_000  # of one page, A3 at 680 dpi: above, Pillow itself warns of a bomb


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Compose the recognised pages of a picture file; a TIFF may have several.

    Without them the text is empty and ``pictures`` names all pages. Warnings: ``ocr_text``, ``scanned_page``,
    ``no_text``.

    :raises EmptyFile: no bytes.
    :raises UnreadableFile: damaged.
    :raises LimitExceeded: more pages, pixels or characters than the limits allow.
    """
    if not source.content:
        raise no_bytes(source.name)
    media_type, count = _frames(source, limits)
    composed = compose([blocks_of(page, is_first=page.number == 1) for page in source.recognised])
    if len(composed.text) > limits.text_characters:
        raise text_too_long(source.name, limits.text_characters)
    read = {page.number for page in source.recognised}
    unread = tuple(number for number in range(1, count + 1) if number not in read)
    return Extraction(
        media_type=media_type,
        text=composed.text,
        steps=(
            Step(action="read_pages", detail="picture", count=count),
            *recognised_steps(source.recognised),
            *composed.steps,
        ),
        warnings=(
            *_warnings(unread, count, has_text=any(c.isalnum() for c in composed.text)),
            *recognised_notices(source.recognised),
        ),
        pictures=unread,
    )


def _frames(source: SourceFile, limits: ParseLimits) -> tuple[str, int]:
    """Return media type and number of pages; only headers are read."""
    from PIL import Image

    try:
        with warnings.catch_warnings(), ExitStack() as opened:
            warnings.simplefilter("ignore")  # of damaged tags; what cannot be read raises below
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = opened.enter_context(Image.open(io.BytesIO(source.content), formats=_FORMATS))
            count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
            if count > limits.pages:
                raise _too_many(source, limits)
            for number in range(count):
                image.seek(number)
                _check_pixels(source, image)
            return f"image/{image.format}".lower(), count
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(source) from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, IndexError) as error:
        raise UnreadableFile(
            source.name,
            problem=Bilingual(vi="Tệp ảnh bị hỏng.", en="The picture is damaged."),
            next_step=Bilingual(vi="Hãy quét lại hoặc xin lại tệp.", en="Scan it again or ask for it again."),
        ) from error


def _check_pixels(source: SourceFile, image: Any) -> None:
    if image.width * image.height > _MAX_PIXELS:
        raise _too_large(source)


def _too_large(source: SourceFile) -> LimitExceeded:
    return LimitExceeded(
        source.name,
        problem=Bilingual(
            vi=f"Ảnh có hơn {_MAX_PIXELS // 1_000_000} triệu điểm.",
            en=f"The picture has more than {_MAX_PIXELS // 1_000_000} million pixels.",
        ),
        next_step=Bilingual(vi="Hãy quét lại ở 300 dpi.", en="Scan it again at 300 dpi."),
    )


def _too_many(source: SourceFile, limits: ParseLimits) -> LimitExceeded:
    return LimitExceeded(
        source.name,
        problem=Bilingual(
            vi=f"Tệp ảnh có hơn {limits.pages} trang.", en=f"The picture has more than {limits.pages} pages."
        ),
        next_step=Bilingual(vi="Hãy tách tệp rồi thử lại.", en="Split the file and try again."),
    )


def _warnings(unread: tuple[int, ...], count: int, *, has_text: bool) -> list[Notice]:
    notices = []
    if unread:
        notices.append(scanned_notice(unread, count))
    if not has_text:
        notices.append(
            Notice(
                code="no_text",
                message=Bilingual(
                    vi="Tệp không chứa chữ nào đọc được.", en="The file holds no text that can be read."
                ),
            )
        )
    return notices
