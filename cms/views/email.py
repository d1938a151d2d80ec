"""What the public forms that write a mail have in common: the address, the field for machines, the limits of a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coalition.advocacy.limits import TooMany


class EmailForm(forms.Form):
    """An address; `website` is for machines that fill in everything."""

    email = forms.EmailField(
        label="이메일",
        max_length=254,
        error_messages={
            "invalid": "이메일 주소를 다시 살펴보세요.",
            "required": "이메일을 쓰세요.",
            "max_length": "이메일 주소를 다시 살펴보세요.",
        },
    )
    website = forms.CharField(required=False)

    @property
    def is_of_a_machine(self) -> bool:
        """Such a form is thanked and thrown away."""
        return bool(self.cleaned_data["website"])


def status_of_sending(form: EmailForm, send: Callable[..., Any], **told: Any) -> int:
    """Do what a valid form asks for: 200, 429 when too much came from there, else 400; why stands in the form."""
    if form.is_of_a_machine:
        return 200
    try:
        send(email=form.cleaned_data["email"], by=None, **told)
    except TooMany as error:
        form.add_error(None, error.messages)
        return 429
    except ValidationError as error:
        form.add_error(None, error)
        return 400
    return 200
