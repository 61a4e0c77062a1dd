"""A hook of MkDocs: files outside docs/ that a page links to come along, so that the links hold in a checkout and here.

They stand under repository/ in the site. A link to a folder, which a site cannot show, becomes its text.
"""

import os
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"(!?\[(?P<text>[^\]]*)\]\()(?!\w+:|#)(?P<target>[^)#\s]+)(?P<rest>#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    pages = [Path(page.abs_src_path or "") for page in files.documentation_pages()]
    known = {Path(file.abs_src_path or "") for file in files}
    while pages:
        page = pages.pop()
        for link in LINK.finditer(page.read_text("utf-8")):
            target = (page.parent / link["target"]).resolve()
            if target in known or not target.is_relative_to(ROOT) or not target.is_file():
                continue
            known.add(target)
            name = f"repository/{target.relative_to(ROOT).as_posix()}"
            files.append(File.generated(config, name, abs_src_path=str(target)))
            if target.suffix == ".md":
                pages.append(target)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    here = Path(page.file.abs_src_path or "")
    known = {Path(file.abs_src_path or ""): file.src_uri for file in files}

    def inside(link: re.Match[str]) -> str:
        target = (here.parent / link["target"]).resolve()
        if target.is_dir():
            return link["text"]
        if target not in known:
            return link[0]
        path = os.path.relpath(known[target], Path(page.file.src_uri).parent)
        return f"{link[1]}{Path(path).as_posix()}{link['rest'] or ''})"

    return LINK.sub(inside, markdown)
