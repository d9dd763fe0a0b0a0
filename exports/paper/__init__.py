"""The printed questionnaire and what goes with it: paper form, batch cover sheet, codebook. All tagged PDF (and CSV).

A form is drawn from a questionnaire's definition and `PaperFacts`; nothing here knows a consultation. What a question is made
of is in `surveys.controls`; its numbers and codes are those of key entry (`surveys.paper_order`, `surveys.keystrokes`).
"""
