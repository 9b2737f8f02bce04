"""Tests in a real browser. HOSTILE is the name of a party that wishes the reader ill."""

HOSTILE = "<img src=x onerror=\"document.title='hacked'\"> **fet** [länk](javascript:alert(1))"
