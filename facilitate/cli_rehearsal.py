"""Every stage: the commands with robots in them: the demo event, the rehearsal and the bench."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

DEMO = Path("events/demo")
DEMO_SPEED = 20.0


@click.command()
@click.option("--robots", is_flag=True, help="Let robots hold the conference while you watch.")
@click.option("--speed", type=click.FloatRange(1), default=DEMO_SPEED, show_default=True,
              help="How much faster than planned robots hold it.")  # fmt: skip
@click.option("--links", is_flag=True, help="Print the sign-in links again, and nothing else.")
@click.option("--host", default=None, help="The address to listen on; 0.0.0.0 for the whole room.")
@click.option("--port", type=int, default=None)
@click.pass_context
def demo(
    ctx: click.Context, robots: bool, speed: float, links: bool, host: str | None, port: int | None
) -> None:
    """Serve the demo event, making it first if there is none."""
    from facilitate.config import read_settings
    from facilitate.demo import demo_lines, open_demo

    with _plain_failures():
        folder = ctx.obj or (DEMO.with_name("demo-rehearsal") if robots else DEMO)
        settings = read_settings(folder, host=host, port=port)
        house, content = open_demo(settings, rehearsal=robots, renew=not links)
        for line in demo_lines(house, robots=robots):
            click.echo(line)
        if links:
            return
        ways = _ways(house) if robots else []
        house.close()
        if not robots:
            _serve(house.settings)
        _run(_watch_robots(house.settings, content, ways, speed))


def _serve(settings: Any) -> None:
    chosen = {"EVENT": settings.folder, "HOST": settings.host, "PORT": settings.port}
    os.environ.update({f"FACILITATE_{name}": str(value) for name, value in chosen.items()})
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "facilitate.server"])


async def _watch_robots(settings: Any, content: Any, ways: list[Any], speed: float) -> None:
    from facilitate.rehearsal.hub_process import HubProcess
    from facilitate.rehearsal.report import Progress
    from facilitate.rehearsal.run import Order, hold_for_watchers

    hub = HubProcess(settings.folder, host=settings.host, port=settings.port)
    try:
        await hub.start()
        with Progress() as progress:
            await hold_for_watchers(Order(content, ways, speed), hub.url, progress.watch)
        click.echo("The conference is over. Everything stays to be looked at until you press Ctrl+C.")
        await asyncio.Event().wait()
    finally:
        await hub.stop()


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Let robots run; Ctrl+C and a polite end of this process end the hub that they started as well."""

    async def main() -> Any:
        running = asyncio.current_task()
        assert running is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        return await work

    try:
        return asyncio.run(main())
    except (KeyboardInterrupt, asyncio.CancelledError):
        click.echo("Ended.", err=True)
        sys.exit(130)


def _ways(house: Any) -> list[Any]:
    from facilitate.demo import all_sign_ins
    from facilitate.rehearsal.conference import Way

    return [Way(each.role, each.label, each.code, each.table) for each in all_sign_ins(house)]


@contextmanager
def _plain_failures() -> Iterator[None]:
    """What stops robots is said in a sentence."""
    from facilitate.rehearsal.conference import NotARehearsal
    from facilitate.rehearsal.connection import ConnectionGone
    from facilitate.rehearsal.device import SignInRefused
    from facilitate.rehearsal.hub_process import HubFailed

    try:
        yield
    except* (NotARehearsal, ConnectionGone, SignInRefused, HubFailed) as failures:
        first: BaseException = failures
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        raise click.ClickException(str(first)) from failures


def _read_store(house: Any) -> Any:
    from facilitate.queries.tally import tally
    from facilitate.queries.verify import verify_event

    def read(held: Any) -> None:
        with house.reads() as session:
            found, report = tally(session), verify_event(session)
        held.store_comments, held.store_papers, held.store_voters = found.comments, found.papers, found.voters
        held.store_leaves = found.leaves
        held.record, held.record_holds = report.sentence, report.whole

    return read


@click.command()
@click.option("--tables", type=click.IntRange(1, 400), default=15, show_default=True)
@click.option("--delegates", type=click.IntRange(1, 5000), default=150, show_default=True)
@click.option("--tracks", type=click.IntRange(1, 12), help="By default two, and one for every 30 tables.")
@click.option(
    "--speed", type=click.FloatRange(1), help="Divides the planned durations; without it: no waiting."
)
@click.option("--kill", "kills", type=click.IntRange(0), default=0, help="Kill and restart the hub so often.")
@click.option("--hub", help="A running hub; by default one of its own with a scratch event.")
@click.option("--seed", type=int, default=0, help="Another number, another event.")
@click.option("--json", "as_data", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def rehearse(
    ctx: click.Context, tables: int, delegates: int, tracks: int | None, speed: float | None, kills: int,
    hub: str | None, seed: int, as_data: bool,
) -> None:  # fmt: skip
    """Let robots hold a whole event over real connections, and find out what became of every word and vote.

    With --hub the robots sign in with the codes of the event's folder:
    facilitate --event FOLDER rehearse --hub URL.
    """
    from facilitate.rehearsal.content import Size, read_content
    from facilitate.rehearsal.report import Progress, as_text

    if hub and kills:
        raise click.UsageError("A hub that somebody else started is not killed: leave out --kill or --hub.")
    size = Size(tables, delegates, tracks or min(tables, max(2, tables // 30)))
    with _plain_failures(), Progress(quiet=as_data) as progress:
        progress.note("Making the event")
        content = read_content(size)
        if hub:
            outcome = _on_running_hub(ctx.obj, content, hub, speed, seed, progress)
        else:
            outcome = _on_own_hub(content, speed, kills, seed, progress)
    click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=1) if as_data else as_text(outcome))
    ctx.exit(0 if outcome.holds else 1)


def _on_own_hub(content: Any, speed: float | None, kills: int, seed: int, progress: Any) -> Any:
    from facilitate.config import read_settings
    from facilitate.demo import scratch_event
    from facilitate.rehearsal.hub_process import HubProcess
    from facilitate.rehearsal.run import Order, rehearse

    with scratch_event(read_settings(), content) as house:
        order = Order(content, _ways(house), speed, kills, seed)
        # A ballot box of its own, beside whatever else runs on this machine.
        hub = HubProcess(house.settings.folder, settings={"FACILITATE_BOX_PORT": "0"})

        async def run() -> Any:
            try:
                await hub.start()
                return await rehearse(order, hub, hub.url, progress.watch, _read_store(house))
            finally:
                await hub.stop()

        return _run(run())


def _on_running_hub(
    folder: Path | None, content: Any, url: str, speed: float | None, seed: int, progress: Any
) -> Any:
    from facilitate import open_house
    from facilitate.config import read_settings
    from facilitate.rehearsal.run import Order, rehearse

    house = open_house(read_settings(folder))
    order = Order(content, _ways(house), speed, 0, seed)
    return _run(rehearse(order, None, url, progress.watch, _read_store(house)))


@click.command()
@click.option("--devices", type=click.IntRange(1, 5000), default=1400, show_default=True)
@click.option("--tables", type=click.IntRange(2, 400), default=150, show_default=True)
@click.option("--ballots", type=click.IntRange(1, 50), default=3, show_default=True)
@click.option("--json", "as_data", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def bench(ctx: click.Context, devices: int, tables: int, ballots: int, as_data: bool) -> None:
    """Measure a hub on loopback against its own baselines: joins, a push, votes, a lost batch, a comment."""
    from facilitate.config import read_settings
    from facilitate.demo import plan_one_round, scratch_event
    from facilitate.rehearsal.bench import run_bench
    from facilitate.rehearsal.content import Size, read_content
    from facilitate.rehearsal.report import Progress, figures_as_text

    content = read_content(Size(tables, devices, min(5, max(1, devices // 300))))
    for person in content.people:
        person["present"] = True
    with _plain_failures(), Progress(quiet=as_data) as progress:
        progress.note("Making the event")
        with scratch_event(read_settings(), content) as house:
            plan_one_round(house)
            figures = _run(run_bench(house.settings.folder, _ways(house), ballots, progress.note))
    click.echo(json.dumps(figures, indent=1) if as_data else figures_as_text(figures))
    ctx.exit(0 if figures["ok"] else 1)
