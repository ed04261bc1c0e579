#!/usr/bin/env python3
"""Renders the pictures beside this folder from their SVG sources, with Chromium, on a transparent background.

Each picture has one colour, so it is written as an indexed PNG: one ink in 64 degrees of transparency.
Only needed after a source was changed: the pictures are kept with the sources.
"""
import pathlib
import re
import struct
import subprocess
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
LEVELS = 64


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def alpha_rows(png):
    """Alpha samples of an 8-bit RGBA PNG, row by row."""
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IHDR":
            width, height = struct.unpack(">II", png[at + 8:at + 16])
        elif kind == b"IDAT":
            data += png[at + 8:at + 8 + length]
        at += 12 + length
    raw, stride, previous = zlib.decompress(data), width * 4, bytearray(width * 4)
    for y in range(height):
        start = y * (stride + 1)
        kind, line = raw[start], bytearray(raw[start + 1:start + 1 + stride])
        for i in range(stride):
            left = line[i - 4] if i >= 4 else 0
            up = previous[i]
            corner = previous[i - 4] if i >= 4 else 0
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda value: abs(guess - value))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, paeth)[kind]) & 255
        previous = line
        yield bytes(line[3::4])


def main():
    for source in sorted(HERE.glob("*.svg")):
        text = source.read_text(encoding="utf-8")
        size = re.search(r'<svg [^>]*width="(\d+)" height="(\d+)"', text).groups()
        ink = bytes.fromhex(re.search(r"#([0-9a-f]{6})", text).group(1))
        with tempfile.TemporaryDirectory() as folder:
            shot = pathlib.Path(folder) / "shot.png"
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 "--force-device-scale-factor=1", "--default-background-color=00000000",
                 "--window-size=" + ",".join(size), f"--screenshot={shot}", str(source)],
                check=True, capture_output=True)
            rows = list(alpha_rows(shot.read_bytes()))
        pixels = b"".join(b"\0" + bytes(a * (LEVELS - 1) // 255 for a in row) for row in rows)
        header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
        png = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"PLTE", ink * LEVELS)
               + chunk(b"tRNS", bytes(level * 255 // (LEVELS - 1) for level in range(LEVELS)))
               + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b""))
        (HERE.parent / (source.stem + ".png")).write_bytes(png)


main()
