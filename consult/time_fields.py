"""Boxes that ask for a day, or for a moment in UK time: three for the date, one for the time. What they mean is `uk_time.py`.

    opens_at = UkMomentField(label="When does it open?", missing="Enter when it opens")
    report_by = UkDayField(label="When is the report out?", missing="Enter when the report is out", required=False)

`{% nhs_field form.opens_at %}` draws them; they clean to a moment in UTC and to a date, and their initial values are such. They
are posted as `opens_at_day`, `opens_at_month`, `opens_at_year` and `opens_at_time`.
"""

from django import forms

from consult.uk_time import NotATime, clock_written, day_written, said, uk_clock, uk_day, uk_moment

DATE_BOXES = ("day", "month", "year")
LABELS = {"day": "Day", "month": "Month", "year": "Year", "time": "Time"}
WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}
TOO_LONG = 30
"""Characters in a box beyond which nothing is read: no date is so long."""


class Boxes(forms.MultiWidget):
    """The boxes of a day or a moment, read together as a list of what was typed."""

    component = "date-input"

    def __init__(self, boxes):
        self.boxes = boxes
        super().__init__({box: forms.TextInput() for box in boxes})

    def decompress(self, value):
        """What the boxes show of a date or a moment."""
        if value is None:
            return [""] * len(self.boxes)
        day = uk_day(value) if "time" in self.boxes else value
        shown = [str(day.day), str(day.month), str(day.year)]
        return [*shown, said(uk_clock(value))] if "time" in self.boxes else shown

    def id_for_label(self, id_):
        return f"{id_}_{self.boxes[0]}"

    def value_omitted_from_data(self, data, files, name):
        return all(f"{name}_{box}" not in data for box in self.boxes)

    def box_at_fault(self, bound):
        """The box that the field's first error is about; None when it has none or is about all of them."""
        faults = bound.form.errors.as_data().get(bound.name) if bound.form.is_bound else None
        return faults[0].code if faults and faults[0].code in self.boxes else None

    def control_to_mend(self, bound):
        """The id of the box that an error link leads to."""
        return f"{bound.auto_id}_{self.box_at_fault(bound) or self.boxes[0]}"

    def params(self, bound):
        """The boxes as parameters of the NHS date input."""
        value, fault = bound.value(), self.box_at_fault(bound)
        texts = value if isinstance(value, list) else self.decompress(value)
        return {
            "id": bound.auto_id,
            "items": [self.item(bound, box, text, fault) for box, text in zip(self.boxes, texts, strict=True)],
        }

    def item(self, bound, box, text, fault):
        """One box. Its own number pad only where a number is all that it takes."""
        found = {
            "id": f"{bound.auto_id}_{box}",
            "name": f"{bound.html_name}_{box}",
            "label": LABELS[box],
            "value": text or "",
            "width": WIDTHS[box],
            "inputmode": "numeric" if box in ("day", "year") else "text",
        }
        return found | ({"error": True} if fault == box else {})


class BoxesField(forms.Field):
    """What a day and a moment have in common. `missing` is what is said when all boxes are blank."""

    boxes = DATE_BOXES

    def __init__(self, *, missing="Enter a date", **more):
        super().__init__(widget=Boxes(self.boxes), error_messages={"required": missing}, **more)

    def clean(self, value):
        typed = [(text or "").strip() for text in value or ()]
        if not any(typed):
            self.validate(None)
            return None
        try:
            if longest := [box for box, text in zip(self.boxes, typed, strict=True) if len(text) > TOO_LONG]:
                raise NotATime("Check the date. There is no such day", box=longest[0])
            return self.meant(*typed)
        except NotATime as refusal:
            raise forms.ValidationError(refusal.says, code=refusal.box) from None

    def has_changed(self, initial, data):
        return [text or "" for text in data or ()] != self.widget.decompress(initial)


class UkDayField(BoxesField):
    """A day. Cleans to a date."""

    def meant(self, day, month, year):
        """The date that the boxes name."""
        return day_written(day, month, year)


class UkMomentField(BoxesField):
    """A day and a time in the UK. Cleans to a moment in UTC."""

    boxes = (*DATE_BOXES, "time")

    def meant(self, day, month, year, clock):
        """The moment that the boxes name."""
        return uk_moment(day_written(day, month, year), clock_written(clock))
