"""Pictures that people upload: those of the demonstration."""

from engine.declaration.demo.pictures import certificate, portrait

__all__ = ["certificate", "portrait"]
