"""Texts to phones: kept with the change that caused them, delivered by a job."""

from engine.sms.models import Sms, SmsState
from engine.sms.providers import NotDelivered, Provider, ViewerProvider
from engine.sms.sending import send
from engine.sms.texts import Texts, TextsUnusable

__all__ = [
    "NotDelivered",
    "Provider",
    "Sms",
    "SmsState",
    "Texts",
    "TextsUnusable",
    "ViewerProvider",
    "send",
]
