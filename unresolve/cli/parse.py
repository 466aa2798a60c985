"""``unresolve parse``: documents in, Akoma Ntoso, JSON, text or web pages out."""

from __future__ import annotations

from typing import Annotated

import typer

from unresolve.cli._options import Engine, EngineOption, LangOption, NoLinksOption, NoTagsOption, PicturesOption

__all__ = ["parse"]


def parse(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT...", help="Files, folders, addresses (s3://…), @LISTS of them, or - (stdin)."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE|DIR", help="Where to write; stdout if not given.")
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMATS", help="akn, html, json, markdown, text …; or bag.")
    ] = "akn",
    lang: LangOption = None,
    engine: EngineOption = Engine.pdfium,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Processes; 0 for one a core.")] = 1,
    no_tags: NoTagsOption = False,
    no_links: NoLinksOption = False,
    pictures: PicturesOption = True,
    strict: Annotated[bool, typer.Option("--strict", help="Count an input with diagnostics as failed.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print the diagnostics of each input.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Say on standard error what happens as lines of JSON, diagnostics included.")
    ] = False,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="A list of inputs, one a line; - for stdin.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Leave out what an earlier run has finished.")] = False,
    manifest: Annotated[
        str | None, typer.Option("--manifest", metavar="FILE", help="The record of the run; DIR/manifest.jsonl.")
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0, metavar="SECONDS", help="For one document; 0 for no limit.")
    ] = 60.0,
    memory: Annotated[int, typer.Option("--memory", min=0, metavar="MB", help="For one document; 0 for no limit.")] = (
        1500
    ),
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="tcp://…", help="A Dask scheduler whose workers do the work.")
    ] = None,
) -> None:
    """Parse documents and write them as Akoma Ntoso, JSON, text or web pages.

    \b
    unresolve parse A_RES_72_1.fr.pdf
    unresolve parse A_RES_72_1.fr.pdf -o A_RES_72_1.fr.xml
    unresolve parse pdf/ -o out/ --to akn,json --jobs 4
    unresolve parse pdf/ -o out/ --to akn,json --jobs 4 --resume
    unresolve parse @list.txt -o out/ --cluster tcp://10.0.0.1:8786
    unresolve parse pdf/ -o bags/ --to bag
    unresolve parse - --to text < A_RES_72_1.fr.pdf
    unresolve parse pdf/ -o out/ --json 2> run.jsonl

    In a folder, NAME.LANG.pdf becomes NAME.LANG.xml; sub-folders are kept. Exit code: 0 all well, 1 some inputs
    failed (the others are written), 2 wrong use; 130 if stopped with Ctrl-C.
    """
    from unresolve.cli._inputs import WrongUse, choose_formats, rereadable
    from unresolve.cli._plan import Plan
    from unresolve.cli._run import Settings, carry_out
    from unresolve.corpus.limits import Limits
    from unresolve.corpus.tasks import Options
    from unresolve.writers import FORMATS

    try:
        formats = choose_formats(to, {**FORMATS, "bag": ""})
        bags, endings = "bag" in formats, FORMATS
        if bags:
            from unresolve.corpus.bag import PARTS

            if len(formats) > 1:
                raise WrongUse("a bag holds all the formats; ask for it alone: --to bag")
            formats, endings = tuple(PARTS), PARTS
        settings = Settings(
            formats,
            Options(lang=lang, engine=engine.value, tags=not no_tags, links=not no_links, pictures=pictures),
            Limits(timeout, memory),
            jobs=jobs,
            cluster=cluster,
            resume=resume,
            manifest=manifest,
            strict=strict,
            verbose=verbose,
            json=json,
        )
        with rereadable(from_) as listed:
            plan = Plan(inputs or (), formats, output, endings, lists=() if listed is None else (listed,), bags=bags)
            code = carry_out(plan, settings)
    except WrongUse as error:
        raise typer.BadParameter(str(error)) from None
    raise typer.Exit(code)
