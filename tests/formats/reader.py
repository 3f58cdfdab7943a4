"""Reads the text layer of a PDF back, the way a program that copies or searches text does."""

from __future__ import annotations

import io
import re

import pikepdf


def text_of(data: bytes) -> str:
    """Every piece of text in the order it is drawn, page after page, set apart by one space."""
    return " ".join(piece for sheet in pages_of(data) for piece in sheet)


def pages_of(data: bytes) -> list[list[str]]:
    """The pieces of text of each page: what stands on one line of a cell or a paragraph is one piece."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [_pieces(sheet) for sheet in pdf.pages]


def _pieces(sheet: pikepdf.Page) -> list[str]:
    fonts = {str(name): _letters(font) for name, font in sheet.Resources.Font.items()}  # type: ignore[union-attr]
    pieces: list[str] = []
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "BT":
                pieces.append("")
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                pieces[-1] += "".join(letters[code] for code in bytes(operands[0]))
    return [piece for piece in pieces if piece]


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """What each code of a font stands for, from its ToUnicode map."""
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>", font.ToUnicode.read_bytes())
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}
