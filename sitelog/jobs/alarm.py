"""Wake the runner once a minute. It decides nothing: what is owed is in `due` and the receipts."""

from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from sitelog.ground import clock
from sitelog.jobs import runner
from sitelog.jobs.watch import Watch
from sitelog.store.db import db

EVERY_SECONDS = 60


class Alarm(BackgroundScheduler):
    """A scheduler that a clock set back cannot put to sleep: it never waits for more than a minute."""

    def _process_jobs(self) -> float:
        latest = clock.now() + timedelta(seconds=EVERY_SECONDS)
        for job in self.get_jobs():
            if job.next_run_time and job.next_run_time > latest:
                job.modify(next_run_time=latest)
        wait: float | None = super()._process_jobs()
        return min(EVERY_SECONDS, EVERY_SECONDS if wait is None else wait)


def start(app: Flask) -> BackgroundScheduler:
    """Start waking, the first time at once; called by `serve`, never by create_app."""
    scheduler = Alarm(timezone="UTC")
    # Its own ideas of late and double runs are switched off: it would drop late jobs silently.
    scheduler.add_job(
        lambda: tick(app),
        "interval",
        seconds=EVERY_SECONDS,
        next_run_time=clock.now(),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    scheduler.start()
    return scheduler


def watch_of(app: Flask) -> Watch:
    """What this process knows of the machine's clock."""
    found: Watch = app.extensions.setdefault("sitelog.watch", Watch())
    return found


def tick(app: Flask) -> None:
    """Do all that is owed; what goes wrong outside a job is logged by its kind and tried again."""
    if watch_of(app).look(clock.now(), clock.awake()):
        app.logger.warning("The machine's clock leapt ahead: reports wait, so that it can be set right.")
        return
    with app.app_context():
        try:
            runner.run_all(clock.now)
        except Exception as error:
            app.logger.error("The scheduler could not work: %s", runner.said(error))
        finally:
            db.session.remove()
