"""The media types of files that are taken. Nothing else stands here: the child that reads files imports it."""

from typing import Any, TypeAlias

Element: TypeAlias = Any
"""A piece of a Word, Excel or OpenDocument file. The libraries that hand it out ship no types."""

PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT, ODP = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.presentation"
EXTENSIONS = {PDF: "pdf", WORD: "docx", SLIDES: "pptx", ODT: "odt", ODP: "odp", PNG: "png", JPEG: "jpg", WEBP: "webp"}
IMAGES = {PNG, JPEG, WEBP}
