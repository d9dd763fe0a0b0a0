"""The languages of questionnaires: how other tools name them, their codes here, and the few words a reader adds itself."""

import re
from collections.abc import Mapping

NAMES = {
    "ar": ("arabic", "العربية"), "bg": ("bulgarian",), "bn": ("bengali", "bangla"), "ca": ("catalan",), "cs": ("czech",),
    "cy": ("welsh", "cymraeg"), "da": ("danish",), "de": ("german", "deutsch"), "el": ("greek",), "en": ("english", "default"),
    "es": ("spanish", "español", "espanol"), "et": ("estonian",), "fa": ("persian", "farsi"), "fi": ("finnish",),
    "fr": ("french", "français", "francais"), "gu": ("gujarati",), "ha": ("hausa",), "he": ("hebrew",), "hi": ("hindi",),
    "hu": ("hungarian",), "it": ("italian", "italiano"), "ja": ("japanese",), "ko": ("korean",), "ku": ("kurdish",),
    "lt": ("lithuanian",), "lv": ("latvian",), "my": ("burmese",), "ne": ("nepali",), "nl": ("dutch", "nederlands"),
    "no": ("norwegian",), "pa": ("punjabi", "panjabi"), "pl": ("polish", "polski"), "ps": ("pashto",),
    "pt": ("portuguese", "português", "portugues"), "ro": ("romanian",), "ru": ("russian",), "sk": ("slovak",),
    "so": ("somali",), "sq": ("albanian",), "sr": ("serbian",), "sv": ("swedish",), "sw": ("swahili", "kiswahili"),
    "ta": ("tamil",),
    "th": ("thai",), "ti": ("tigrinya",), "tr": ("turkish",), "uk": ("ukrainian",), "ur": ("urdu",),
    "vi": ("vietnamese",), "yo": ("yoruba",),
    "zh": ("chinese", "mandarin", "中文"),
}  # fmt: skip
CODES = {name: code for code, names in NAMES.items() for name in names}
IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4})?)\)\s*$")
CODE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4})?$")
LONGEST = 8

ADDED: Mapping[str, Mapping[str, str]] = {
    "Other": {
        "en": "Other", "cy": "Arall", "de": "Anderes", "es": "Otro", "fr": "Autre", "it": "Altro", "nl": "Anders", "pl": "Inne",
        "pt": "Outro", "sw": "Nyingine", "ur": "دیگر", "zh": "其他",
    },
    "Please say what": {
        "en": "Please say what", "cy": "Nodwch beth", "de": "Bitte angeben", "es": "Por favor, especifique",
        "fr": "Veuillez préciser", "it": "Specificare", "nl": "Geef aan wat", "pl": "Proszę podać",
        "pt": "Por favor, especifique",
        "sw": "Tafadhali taja", "ur": "براہ کرم بتائیں", "zh": "请说明",
    },
    "Comment": {
        "en": "Comment", "cy": "Sylw", "de": "Kommentar", "es": "Comentario", "fr": "Commentaire", "it": "Commento",
        "nl": "Opmerking", "pl": "Komentarz", "pt": "Comentário", "sw": "Maoni", "ur": "تبصرہ", "zh": "评论",
    },
    "Yes": {"en": "Yes", "cy": "Ydw", "de": "Ja", "es": "Sí", "fr": "Oui", "it": "Sì", "nl": "Ja", "pl": "Tak", "pt": "Sim"},
    "No": {"en": "No", "cy": "Nac ydw", "de": "Nein", "es": "No", "fr": "Non", "it": "No", "nl": "Nee", "pl": "Nie", "pt": "Não"},
    "Female": {"en": "Female", "cy": "Benyw", "de": "Weiblich", "es": "Mujer", "fr": "Femme", "pl": "Kobieta"},
    "Male": {"en": "Male", "cy": "Gwryw", "de": "Männlich", "es": "Hombre", "fr": "Homme", "pl": "Mężczyzna"},
    "Uncertain": {"en": "Uncertain", "cy": "Ansicr", "de": "Unsicher", "es": "No sé", "fr": "Incertain", "pl": "Nie wiem"},
    "Increase": {"en": "Increase", "cy": "Cynyddu", "de": "Zunehmen", "es": "Aumentar", "fr": "Augmenter", "pl": "Wzrost"},
    "Same": {"en": "Same", "cy": "Yr un fath", "de": "Gleich bleiben", "es": "Igual", "fr": "Identique", "pl": "Bez zmian"},
    "Decrease": {"en": "Decrease", "cy": "Gostwng", "de": "Abnehmen", "es": "Disminuir", "fr": "Diminuer", "pl": "Spadek"},
}  # fmt: skip
"""Words that a tool shows and its files do not hold, by language."""


def code_of_language(name: str) -> str:
    """The code of a language as a tool names it: "English (en)", "english", "en-GB"."""
    plain = name.strip()
    if found := IN_BRACKETS.search(plain):
        return found[1].lower()[:LONGEST]
    if plain.lower() in CODES:
        return CODES[plain.lower()]
    if CODE.match(plain):
        return plain.lower()[:LONGEST]
    return re.sub(r"[^a-z]", "", plain.lower())[:LONGEST] or "en"


def added(words: str, languages: list[str]) -> dict[str, str]:
    """Words that a reader adds, in each language; in English where they are not known in one."""
    return {language: ADDED.get(words, {}).get(language.partition("-")[0], words) for language in languages}
