"""PDFium's most frequent calls, with plain integers for the handles of objects.

A page has some three hundred text objects, each asked some ten questions, and as many places in the structure tree.
Typed pointers cost more than the calls themselves, and cannot be compared; an address can.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

__all__ = [
    "actual_text",
    "address",
    "char_box",
    "char_origin",
    "child_at",
    "count_children",
    "count_elements",
    "count_marks",
    "count_objects",
    "element_at",
    "element_type",
    "font_of_object",
    "font_size",
    "is_generated",
    "is_unmapped",
    "loose_box",
    "mark_at",
    "matrix_of",
    "object_at",
    "object_bounds",
    "object_kind",
    "object_mark",
    "render_mode",
    "text_object",
]


def address(pointer: Any) -> int:
    """The address a typed pointer holds, 0 for none."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _call(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))  # too short a call to let other threads run


_handle, _int = ctypes.c_void_p, ctypes.c_int

char_box = _call(raw.FPDFText_GetCharBox, _int, _handle, _int, _handle, _handle, _handle, _handle)
char_origin = _call(raw.FPDFText_GetCharOrigin, _int, _handle, _int, _handle, _handle)
loose_box = _call(raw.FPDFText_GetLooseCharBox, _int, _handle, _int, _handle)
text_object = _call(raw.FPDFText_GetTextObject, _handle, _handle, _int)
is_generated = _call(raw.FPDFText_IsGenerated, _int, _handle, _int)
is_unmapped = _call(raw.FPDFText_HasUnicodeMapError, _int, _handle, _int)
count_objects = _call(raw.FPDFPage_CountObjects, _int, _handle)
object_at = _call(raw.FPDFPage_GetObject, _handle, _handle, _int)
object_kind = _call(raw.FPDFPageObj_GetType, _int, _handle)
object_bounds = _call(raw.FPDFPageObj_GetBounds, _int, _handle, _handle, _handle, _handle, _handle)
object_mark = _call(raw.FPDFPageObj_GetMarkedContentID, _int, _handle)
matrix_of = _call(raw.FPDFPageObj_GetMatrix, _int, _handle, _handle)
font_size = _call(raw.FPDFTextObj_GetFontSize, _int, _handle, _handle)
render_mode = _call(raw.FPDFTextObj_GetTextRenderMode, _int, _handle)
font_of_object = _call(raw.FPDFTextObj_GetFont, _handle, _handle)
count_elements = _call(raw.FPDF_StructTree_CountChildren, _int, _handle)
element_at = _call(raw.FPDF_StructTree_GetChildAtIndex, _handle, _handle, _int)
count_children = _call(raw.FPDF_StructElement_CountChildren, _int, _handle)
child_at = _call(raw.FPDF_StructElement_GetChildAtIndex, _handle, _handle, _int)
count_marks = _call(raw.FPDF_StructElement_GetMarkedContentIdCount, _int, _handle)
mark_at = _call(raw.FPDF_StructElement_GetMarkedContentIdAtIndex, _int, _handle, _int)
element_type = _call(raw.FPDF_StructElement_GetType, ctypes.c_ulong, _handle, _handle, ctypes.c_ulong)
actual_text = _call(raw.FPDF_StructElement_GetActualText, ctypes.c_ulong, _handle, _handle, ctypes.c_ulong)
