"""The languages a questionnaire can be written in: what each is called in English and in itself, and from where it is read. Pure.

Codes are those of BCP 47 in small letters, as documents have them. Which of these the service itself speaks is not known here.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Language(NamedTuple):
    """One language. `name` is English, `own` its own; `direction` is "ltr" or "rtl"."""

    name: str
    own: str
    direction: str = "ltr"


LANGUAGES: Mapping[str, Language] = {
    "sq": Language("Albanian", "Shqip"),
    "am": Language("Amharic", "አማርኛ"),
    "ar": Language("Arabic", "العربية", "rtl"),
    "hy": Language("Armenian", "Հայերեն"),
    "az": Language("Azerbaijani", "Azərbaycanca"),
    "be": Language("Belarusian", "Беларуская"),
    "bn": Language("Bengali", "বাংলা"),
    "bs": Language("Bosnian", "Bosanski"),
    "bg": Language("Bulgarian", "Български"),
    "my": Language("Burmese", "မြန်မာဘာသာ"),
    "ca": Language("Catalan", "Català"),
    "zh": Language("Chinese", "中文"),
    "zh-hans": Language("Chinese (Simplified)", "简体中文"),
    "zh-hant": Language("Chinese (Traditional)", "繁體中文"),
    "kw": Language("Cornish", "Kernewek"),
    "hr": Language("Croatian", "Hrvatski"),
    "cs": Language("Czech", "Čeština"),
    "da": Language("Danish", "Dansk"),
    "prs": Language("Dari", "دری", "rtl"),
    "nl": Language("Dutch", "Nederlands"),
    "en": Language("English", "English"),
    "et": Language("Estonian", "Eesti"),
    "fi": Language("Finnish", "Suomi"),
    "fr": Language("French", "Français"),
    "ka": Language("Georgian", "ქართული"),
    "de": Language("German", "Deutsch"),
    "el": Language("Greek", "Ελληνικά"),
    "gu": Language("Gujarati", "ગુજરાતી"),
    "ha": Language("Hausa", "Hausa"),
    "he": Language("Hebrew", "עברית", "rtl"),
    "hi": Language("Hindi", "हिन्दी"),
    "hu": Language("Hungarian", "Magyar"),
    "is": Language("Icelandic", "Íslenska"),
    "ig": Language("Igbo", "Asụsụ Igbo"),
    "id": Language("Indonesian", "Bahasa Indonesia"),
    "ga": Language("Irish", "Gaeilge"),
    "it": Language("Italian", "Italiano"),
    "ja": Language("Japanese", "日本語"),
    "kn": Language("Kannada", "ಕನ್ನಡ"),
    "kk": Language("Kazakh", "Қазақша"),
    "km": Language("Khmer", "ខ្មែរ"),
    "rw": Language("Kinyarwanda", "Ikinyarwanda"),
    "ko": Language("Korean", "한국어"),
    "ku": Language("Kurdish (Kurmanji)", "Kurdî"),
    "ckb": Language("Kurdish (Sorani)", "کوردی", "rtl"),
    "ky": Language("Kyrgyz", "Кыргызча"),
    "lv": Language("Latvian", "Latviešu"),
    "ln": Language("Lingala", "Lingála"),
    "lt": Language("Lithuanian", "Lietuvių"),
    "mk": Language("Macedonian", "Македонски"),
    "ms": Language("Malay", "Bahasa Melayu"),
    "ml": Language("Malayalam", "മലയാളം"),
    "mt": Language("Maltese", "Malti"),
    "mr": Language("Marathi", "मराठी"),
    "mn": Language("Mongolian", "Монгол"),
    "ne": Language("Nepali", "नेपाली"),
    "no": Language("Norwegian", "Norsk"),
    "om": Language("Oromo", "Afaan Oromoo"),
    "pa": Language("Panjabi", "ਪੰਜਾਬੀ"),
    "pnb": Language("Panjabi (Shahmukhi)", "پنجابی", "rtl"),
    "ps": Language("Pashto", "پښتو", "rtl"),
    "fa": Language("Persian (Farsi)", "فارسی", "rtl"),
    "pl": Language("Polish", "Polski"),
    "pt": Language("Portuguese", "Português"),
    "pt-br": Language("Portuguese (Brazil)", "Português do Brasil"),
    "ro": Language("Romanian", "Română"),
    "ru": Language("Russian", "Русский"),
    "gd": Language("Scottish Gaelic", "Gàidhlig"),
    "sr": Language("Serbian", "Српски"),
    "sn": Language("Shona", "chiShona"),
    "sd": Language("Sindhi", "سنڌي", "rtl"),
    "si": Language("Sinhala", "සිංහල"),
    "sk": Language("Slovak", "Slovenčina"),
    "sl": Language("Slovenian", "Slovenščina"),
    "so": Language("Somali", "Soomaali"),
    "es": Language("Spanish", "Español"),
    "sw": Language("Swahili", "Kiswahili"),
    "sv": Language("Swedish", "Svenska"),
    "tl": Language("Tagalog (Filipino)", "Tagalog"),
    "tg": Language("Tajik", "Тоҷикӣ"),
    "ta": Language("Tamil", "தமிழ்"),
    "te": Language("Telugu", "తెలుగు"),
    "th": Language("Thai", "ไทย"),
    "ti": Language("Tigrinya", "ትግርኛ"),
    "tr": Language("Turkish", "Türkçe"),
    "tk": Language("Turkmen", "Türkmençe"),
    "tw": Language("Twi", "Twi"),
    "uk": Language("Ukrainian", "Українська"),
    "ur": Language("Urdu", "اردو", "rtl"),
    "ug": Language("Uyghur", "ئۇيغۇرچە", "rtl"),
    "uz": Language("Uzbek", "Oʻzbekcha"),
    "vi": Language("Vietnamese", "Tiếng Việt"),
    "cy": Language("Welsh", "Cymraeg"),
    "yi": Language("Yiddish", "ייִדיש", "rtl"),
    "yo": Language("Yoruba", "Yorùbá"),
    "zu": Language("Zulu", "isiZulu"),
}
"""By code, in the order of their English names: languages that people in England read, and others whose names are sure."""


def known(code: str) -> Language | None:
    """The language of a code, with its region ("en-GB") or without; None where we do not know it."""
    found = (code or "").replace("_", "-").lower()
    return LANGUAGES.get(found) or LANGUAGES.get(found.partition("-")[0])


def language_name(code: str) -> str:
    """A language in English; its code where we do not know it."""
    language = known(code)
    return language.name if language else code


def direction_of(code: str) -> str:
    """ "rtl" or "ltr"; "ltr" for a language that we do not know."""
    language = known(code)
    return language.direction if language else "ltr"
