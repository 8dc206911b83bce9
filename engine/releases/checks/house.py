"""What a bundle may refer to in this house, and what the house itself asks of every bundle."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from engine.bpmn import ServiceSignature
from engine.forms import FieldType


@dataclass(frozen=True, slots=True)
class AskedTable:
    """A decision table that the product asks by name: what it hands over, what it reads."""

    inputs: Collection[str]
    outputs: Collection[str]


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the product looks for in a bundle by name, and what it brings along."""

    tables: Mapping[str, AskedTable] = field(default_factory=dict)
    texts: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Texts to phones by key, each with the values that the product fills in."""
    messages: Collection[str] = ()
    """Messages that the product's jobs deliver to cases."""
    facts: Collection[str] = ()
    """Names that forms may read besides those of the diagrams."""
    settings: Collection[str] = ()
    """Names that the product reads in `release.toml`."""


@dataclass(frozen=True, slots=True)
class House:
    """Services by name, component types, roles. Without `expectations`, what they are needed for
    is not checked."""

    services: Mapping[str, ServiceSignature]
    types: Mapping[str, FieldType]
    roles: Collection[str]
    expectations: Expectations | None = None
