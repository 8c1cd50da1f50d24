"""Images, figures and bytes as JSON, and back.

The form is that of a handle, with a data: address for its name:
`{"$media": "data:image/png;base64,…", "kind": "image", "mediaType": "image/png"}`.
"""

from __future__ import annotations

import binascii
import io

BYTES = "application/octet-stream"

#: Set by the guest: whether images may become those of Pillow.
may_use_pillow = False


def from_bytes(value: bytes | bytearray | memoryview) -> dict:
    return _media("file", BYTES, bytes(value))


def from_image(image) -> dict:
    """A PNG of an image of Pillow."""
    buffer = io.BytesIO()
    try:
        image.save(buffer, "PNG")
    except OSError:  # PNG does not know its mode.
        image.convert("RGB").save(buffer, "PNG")
    return _media("image", "image/png", buffer.getvalue())


def from_figure(figure) -> dict:
    """A PNG of a figure of matplotlib."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return _media("image", "image/png", buffer.getvalue())


def restore(value: dict) -> object:
    """Bytes and images from their JSON; any other dict stays what it is."""
    address = value.get("$media")
    if not isinstance(address, str) or not address.startswith("data:"):
        return value
    head, comma, body = address.partition(";base64,")
    if not comma:
        return value
    try:
        data = binascii.a2b_base64(body)
        if head == f"data:{BYTES}":
            return data
        return _image(data) if head.startswith("data:image/") and may_use_pillow else value
    except Exception:  # No base64, no Pillow, or no image that it knows.
        return value


def _image(data: bytes):
    from PIL import Image

    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def _media(kind: str, media_type: str, data: bytes) -> dict:
    body = binascii.b2a_base64(data, newline=False).decode()
    return {"$media": f"data:{media_type};base64,{body}", "kind": kind, "mediaType": media_type}
