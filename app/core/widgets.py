"""The design system's form widgets with its English default strings replaced by ours."""

from typing import Any

from flask_babel import gettext as _
from govuk_frontend_wtf import wtforms_widgets as gov
from markupsafe import Markup

Params = dict[str, Any]
SHARES = {"half": "one-half", "two-thirds": "two-thirds", "full": "full", "third": "one-third"}


class Ours:
    """Mixed into a design-system widget: our words for what it says by itself, and no empty hint."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> Params:
        """The macro's parameters for *field*."""
        params: Params = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        if not (params.get("hint") or {}).get("text"):
            params.pop("hint", None)
        if "errorMessage" in params:
            params["errorMessage"]["visuallyHiddenText"] = _("错误")
        return params


class TextInput(Ours, gov.GovTextInput):
    """One line."""


class FileInput(Ours, gov.GovFileInput):
    """A file, or with ``multiple`` several."""


class Select(Ours, gov.GovSelect):
    """One of many, as a drop-down list."""


class Radios(Ours, gov.GovRadioInput):
    """One of a few."""


class Checkboxes(Ours, gov.GovCheckboxesInput):
    """Any of a few."""


class Tick(Ours, gov.GovCheckboxInput):
    """Yes or not."""


class Password(Ours, gov.GovPasswordInput):
    """A password, which the reader may look at while typing."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> Params:
        """With our words for the show/hide button."""
        return super().map_gov_params(field, **kwargs) | {
            "showPasswordText": _("显示"),
            "hidePasswordText": _("隐藏"),
            "showPasswordAriaLabelText": _("显示密码"),
            "hidePasswordAriaLabelText": _("隐藏密码"),
            "passwordShownAnnouncementText": _("密码已显示"),
            "passwordHiddenAnnouncementText": _("密码已隐藏"),
        }


class Lines(Ours, gov.GovTextArea):
    """Several lines."""


class CountedLines(Ours, gov.GovCharacterCount):
    """Several lines, with how many signs may still be written (the limit is the parameter ``maxlength``)."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> Params:
        """With our words for the count; %{count} is filled by the design system."""
        left, over = _("还可以写 %{count} 个字"), _("超出了 %{count} 个字")
        return super().map_gov_params(field, **kwargs) | {
            "textareaDescriptionText": _("最多 %{count} 个字"),
            "charactersUnderLimitText": {"one": left, "other": left},
            "charactersAtLimitText": _("已写满"),
            "charactersOverLimitText": {"one": over, "other": over},
        }


def draw_field(
    field: Any, *, hint: str | None = None, width: str | int | None = None, prefix: str = "", suffix: str | None = None,
    rows: int | None = None, count: int | None = None, inline: bool = False, small: bool = False, legend: str = "",
    autocomplete: str | None = None, inputmode: str | None = None, accept: str | None = None,
    extra: Params | None = None,
) -> Markup:  # fmt: skip
    """The markup of any form field with label, hint and error; the options are those of the part `field`."""
    example = "" if field.description else _(example_of) if (example_of := getattr(field, "example", "")) else ""
    ending = suffix if suffix is not None else getattr(field, "suffix", "")
    wanted: Params = {
        "hint": {"text": hint or example} if hint or example else None,
        "prefix": {"text": prefix} if prefix else None,
        "suffix": {"text": _(ending)} if ending else None,
        "rows": rows,
        "maxlength": count,
        "inputmode": inputmode or getattr(field, "inputmode", None),
        "autocomplete": autocomplete,
        "attributes": {"accept": accept} if accept else None,
        "classes": _classes(field, width, inline, small),
        **_label(field, legend),
        **(extra or {}),
    }
    return Markup(field(params={name: value for name, value in wanted.items() if value}))


def _classes(field: Any, width: str | int | None, inline: bool, small: bool) -> str:
    kind = "radios" if isinstance(field.widget, Radios) else "checkboxes"
    shape = [f"govuk-{kind}--{name}" for name, on in (("inline", inline), ("small", small)) if on]
    wide = str(width or getattr(field, "width", "") or "")
    if wide in SHARES:
        shape.append(f"govuk-!-width-{SHARES[wide]}")
    elif wide:
        shape.append(f"govuk-input--width-{wide}")
    return " ".join(shape)


def _label(field: Any, size: str) -> Params:
    """The label, bold; as a heading of size s, m or l where the field is a page's or a section's whole matter."""
    text = str(field.label.text)
    if isinstance(field.widget, Tick):
        return {}
    if isinstance(field.widget, gov.GovIterableBase):
        return {"fieldset": {"legend": {"text": text, "classes": f"govuk-fieldset__legend--{size or 's'}"}}}
    return {"label": {"text": text, "classes": f"govuk-label--{size or 's'}"}}
