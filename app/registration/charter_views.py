"""Charters: approved editions, for everybody."""

from flask import Response

from app.core import files
from app.registration.governance import CharterEdition
from app.registration.views import door


@door.page("/charters/<id>", load=CharterEdition, may="public.read")
def charter(edition: CharterEdition) -> Response:
    """An approved edition of a charter, as it was handed in, under a name of ours."""
    name = f"{edition.organization.body.name}-章程-第{edition.number}版.pdf"
    return files.send_bytes(edition.file.bytes, name, files.MEDIA["pdf"], inline=True)
