#!/usr/bin/env python3
"""Writes the C++ file OUTPUT, and its bytes beside it: the built web app inside the program.

    embed_web.py DIST PLACEHOLDER OUTPUT

DIST is web/dist: each file becomes a row of the table in web_assets.hpp, NAME.br and NAME.gz
beside it its compressed forms. csp.json ({"script": [hash...], "style": [hash...]}) becomes the
sources of the Content-Security-Policy. Without DIST/index.html the page PLACEHOLDER stands in for
the app.
The same input gives the same output.
"""
import hashlib
import re
import sys
from pathlib import Path

MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
FORMS = {".br": "brotli", ".gz": "gzip"}
# Everything a page may ask for is one of these; a name like this needs no escaping anywhere.
PLAIN_NAME = re.compile(r"[A-Za-z0-9._/@-]+")


def bundled_files(dist, placeholder):
    """(URL path, file) of every plain file, in order."""
    if not (dist / "index.html").is_file():
        return [(path, placeholder) for path in ("/app.html", "/index.html")]
    files = []
    for file in dist.rglob("*"):
        name = file.relative_to(dist).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if hidden or not file.is_file() or file.suffix in FORMS or name == "csp.json":
            continue
        if not PLAIN_NAME.fullmatch(name):
            sys.exit(f"embed_web: rename {name}: only letters, digits and . _ - @ are taken")
        files.append(("/" + name, file))
    return sorted(files)


def csp_sources(dist, kind):
    policy = dist / "csp.json"
    if not policy.is_file():
        return ""
    # By hand: a bare Debian's python3-minimal has no json.
    found = re.search(rf'"{kind}"\s*:\s*\[([^\]]*)\]', policy.read_text())
    if not found:
        sys.exit(f"embed_web: csp.json has no list of {kind} hashes")
    hashes = [text.strip("'") for text in re.findall(r'"([^"]*)"', found[1])]
    for text in hashes:
        if not re.fullmatch(r"sha(256|384|512)-[A-Za-z0-9+/]+={0,2}", text):
            sys.exit(f"embed_web: csp.json has a {kind} entry that is no hash: {text}")
    return " ".join(f"'{text}'" for text in hashes)


class Blob:
    """All bytes in a row; a file of its own, so that a later web build cannot pull it away."""

    def __init__(self):
        self.bytes = bytearray()

    def add(self, content):
        offset = len(self.bytes)
        self.bytes += content
        return f"at({offset}, {len(content)})"


def table(files, blob):
    rows = []
    for path, file in files:
        media_type = MEDIA_TYPES.get(file.suffix, "application/octet-stream")
        plain = file.read_bytes()
        tag = hashlib.sha256(plain).hexdigest()[:16]
        # The order of the members of WebAsset.
        members = [f'.path = "{path}"', f'.media_type = "{media_type}"', f'.tag = "{tag}"',
                   f".plain = {blob.add(plain)}"]
        for suffix, form in FORMS.items():
            source = file.with_name(file.name + suffix)
            if source.is_file():
                members.append(f".{form} = {blob.add(source.read_bytes())}")
            else:
                members.append(f".{form} = {{}}")
        rows.append("    {" + ", ".join(members) + "},\n")
    return "".join(rows)


def generate(dist, placeholder, blob_file):
    blob = Blob()
    rows = table(bundled_files(dist, placeholder), blob)
    blob_file.write_bytes(blob.bytes)
    digest = hashlib.sha256(blob.bytes).hexdigest()
    return (
        f"// Made by embed_web.py from the built web app. Bytes: sha256 {digest}\n"
        '#include "transport/beast/web_assets.hpp"\n\n'
        'asm(".pushsection .rodata.imagify_web,\\"a\\"\\n.balign 16\\nimagify_web:\\n"\n'
        f'    ".incbin \\"{blob_file.as_posix()}\\"\\n.byte 0\\n.popsection\\n");\n'
        'extern "C" const std::byte imagify_web[];\n\n'
        "namespace imagify::http {\nnamespace {\n\n"
        "std::span<const std::byte> at(std::size_t offset, std::size_t size) {\n"
        "    return {imagify_web + offset, size};\n}\n\n"
        "const WebAsset kAssets[] = {\n" + rows + "};\n"
        "const WebBundle kBundle{.assets = kAssets,\n"
        f'    .script_sources = "{csp_sources(dist, "script")}",\n'
        f'    .style_sources = "{csp_sources(dist, "style")}"}};\n\n'
        "}  // namespace\n\n"
        "const WebBundle& embedded_web() { return kBundle; }\n\n"
        "}  // namespace imagify::http\n"
    )


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    dist, placeholder, output = (Path(argument) for argument in sys.argv[1:])
    output.write_text(generate(dist, placeholder, output.with_suffix(".bin")))


if __name__ == "__main__":
    main()
