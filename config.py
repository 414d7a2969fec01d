"""Settings, all from the environment: PORTAL_HOME, PORT, DATABASE_URL, PORTAL_ENV and the file store's FILES_URL."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where the portal lives and how it is to behave; nothing else is configured outside the database."""

    home: Path
    port: int = 8000
    database_url: str = ""
    env: str = "demonstration"
    files_url: str = ""
    site: Mapping[str, str] = field(default_factory=dict)

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def engine_url(self) -> str:
        """SQLAlchemy address: SQLite in the home unless DATABASE_URL names a PostgreSQL."""
        if self.database_url:
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{self.home / 'portal.sqlite3'}"

    def secret(self) -> str:
        """The key that signs cookies: made once, kept in the home, readable by its owner alone."""
        return _kept(self.home / "keys" / "cookie.key", lambda: secrets.token_hex(32))


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; the home folder is made when it is not there yet."""
    home = Path(environ.get("PORTAL_HOME", "instance")).resolve()
    (home / "keys").mkdir(parents=True, exist_ok=True)
    site = {k.removeprefix("SITE_").lower(): v for k, v in environ.items() if k.startswith("SITE_")}
    return Settings(
        home=home,
        port=int(environ.get("PORT", "8000")),
        database_url=environ.get("DATABASE_URL", ""),
        env=environ.get("PORTAL_ENV", "demonstration"),
        files_url=environ.get("FILES_URL", ""),
        site=site,
    )


def _kept(path: Path, make) -> str:  # type: ignore[no-untyped-def]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
    return path.read_text(encoding="ascii").strip()
