"""Public pages may be kept by browsers and asked for again: an ETag, and 304 where nothing has changed."""

from flask import Response, request
from flask_login import current_user

KEPT = "public, max-age=0, must-revalidate"


def revalidate(answer: Response) -> Response:
    """An ETag for a signed-out reader's page; what was said to one reader alone (a session) is never shared."""
    plain = request.method in ("GET", "HEAD") and answer.status_code == 200 and not answer.direct_passthrough
    if not plain or current_user.is_authenticated or request.cookies.get("session"):
        return answer
    answer.headers.setdefault("Cache-Control", KEPT)
    answer.vary.add("Cookie")
    answer.add_etag(weak=True)
    answer.make_conditional(request)  # changes the answer itself into a 304 where the reader has it
    return answer
