"""What an installation chooses, read once from the environment (`BISHEN_…`) or `bishen.env`."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """One field for each choice; the defaults are those of the demonstration on one machine."""

    model_config = SettingsConfigDict(env_prefix="BISHEN_", env_file="bishen.env", extra="ignore")

    home: Path = Field(Path(".instance"), description="Folder of the database, files and keys.")
    database_url: str = Field("", description="Empty: the SQLite file `bishen.db` in `home`.")
    master_key: SecretStr = Field(
        SecretStr(""), description="32 bytes as hex; empty: the file `master.key` in `home`."
    )
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: int = Field(
        0, description="Proxies in front of us whose X-Forwarded headers may be believed."
    )
    trusted_hosts: list[str] = Field(default_factory=lambda: ["127.0.0.1", "localhost", "[::1]"])
    public_url: str = Field(
        "", description="Address that people see, printed in QR codes; empty: host and port."
    )
    demo: bool = Field(
        default=False, description="Local SMS viewer and payment platform; loopback only."
    )
    workers: int = Field(0, description="Threads that carry jobs inside the web process (SQLite).")
    sms_provider: Literal["viewer", "none"] = "none"
    sms_viewer_url: str = "http://127.0.0.1:8001"
    payment_provider: Literal["sandbox", "none"] = "none"
    payment_platform_url: str = "http://127.0.0.1:8002"
    payment_merchant: str = "bishen-demo"
    office_room: str = Field("青岛市招考院311房间", description="Where identities are corrected.")
    authority: str = Field("青岛市招生考试院", description="Who sponsors the service (footer).")
    help_phone: str = "0532-00000000"
    filing_number: str = Field("", description="网站备案号, shown in the footer when there is one.")

    @property
    def url(self) -> str:
        """Return the database's address, the SQLite file in `home` unless one was chosen."""
        return self.database_url or f"sqlite:///{(self.home / 'bishen.db').resolve()}"

    @property
    def address(self) -> str:
        """Return the address under which people reach the product."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @staticmethod
    def surroundings() -> dict[str, str]:
        """Return this process's environment, for a child that must find the same machine."""
        return dict(os.environ)

    @model_validator(mode="after")
    def _demo_stays_on_this_machine(self) -> Self:
        if self.demo and self.host not in LOOPBACK:
            raise ValueError("The demonstration may only be served on a loopback address.")
        return self
