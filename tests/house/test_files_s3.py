"""Kept files in an S3 store instead of a folder: moto's server, over real HTTP, set by the environment alone."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

import config
from app import create_app
from app.core import files
from app.core.db import db
from tests.conftest import Hands, turn

PAPER = b"%PDF-1.7 a contract, as it was signed\n"
DIGEST = hashlib.sha256(PAPER).hexdigest()
KEY = f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"


class Bucket:
    """The bucket as somebody else sees it, through Amazon's own client."""

    name = "gongyue-files"

    def __init__(self, endpoint: str) -> None:
        self.client: Any = boto3.client("s3", endpoint_url=endpoint)
        self.client.create_bucket(Bucket=self.name)

    def listed(self) -> list[str]:
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=self.name).get("Contents", [])]

    def read(self) -> bytes:
        return bytes(self.client.get_object(Bucket=self.name, Key=KEY)["Body"].read())

    def overwrite(self, content: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=KEY, Body=content)

    def lose(self) -> None:
        self.client.delete_object(Bucket=self.name, Key=KEY)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """An S3 server with one bucket; the environment says where it is and who we are there."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    made = Bucket(endpoint)
    yield made
    for key in made.listed():
        made.client.delete_object(Bucket=made.name, Key=key)
    made.client.delete_bucket(Bucket=made.name)
    server.stop()


@pytest.fixture(params=["sqlite"])
def s3_app(
    request: pytest.FixtureRequest, bucket: Bucket, tmp_path: Path, migrated_sqlite: Path, hands: Hands
) -> Iterator[Flask]:
    """The portal with FILES_URL=s3://… and nothing else changed."""
    shutil.copy(migrated_sqlite, tmp_path / "portal.sqlite3")
    made = create_app(config.load({"PORTAL_HOME": str(tmp_path), "FILES_URL": f"s3://{bucket.name}"}))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def test_a_file_is_kept_there_and_read_back(s3_app: Flask, bucket: Bucket, tmp_path: Path) -> None:
    with turn():
        kept = files.keep(PAPER, "合同.pdf", ("pdf",))
    assert (kept.sha256, kept.size, kept.kind) == (DIGEST, len(PAPER), "pdf")
    assert bucket.listed() == [KEY]
    assert bucket.read() == kept.bytes == PAPER
    assert not (tmp_path / "files").exists()


def test_the_same_content_twice_is_one_object_and_two_records(s3_app: Flask, bucket: Bucket) -> None:
    with turn():
        first, second = (files.keep(PAPER, name, ("pdf",)) for name in ("合同.pdf", "又一份.pdf"))
    assert first.public_id != second.public_id
    assert bucket.listed() == [KEY]
    assert second.bytes == PAPER


def test_what_lies_there_is_never_written_over(s3_app: Flask, bucket: Bucket) -> None:
    bucket.overwrite(b"lies here already")
    files.put(PAPER, DIGEST)
    assert bucket.read() == b"lies here already"


def test_a_file_altered_or_lost_in_the_store_is_not_handed_out(s3_app: Flask, bucket: Bucket) -> None:
    with turn():
        kept = files.keep(PAPER, "合同.pdf", ("pdf",))
    bucket.overwrite(PAPER.replace(b"signed", b"forged"))
    with pytest.raises(OSError, match=f"{kept.public_id} does not match its fingerprint"):
        kept.bytes  # noqa: B018 - reading is what is tried
    bucket.lose()
    with pytest.raises(FileNotFoundError):
        kept.bytes  # noqa: B018
