"""The ambulance of a response: called, here, left, and what comes next. Pure."""

from dataclasses import dataclass

from sitelog.responses.case import Case, Done


@dataclass(frozen=True)
class Ambulance:
    """How far the ambulance is: of one called again after another had left only what is of that one."""

    called: Done | None
    here: Done | None
    left: Done | None

    @property
    def next(self) -> str:
        """The step that may come next; after one has left, another is called."""
        if self.left or not (self.called or self.here):
            return "ems_called"
        return "ems_left" if self.here else "ems_arrived"


def ambulance(case: Case) -> Ambulance:
    """The ambulance it is about now."""
    left = case.last("ems_left")
    newer = [step for step in case.steps if left and step.happened_at > left.happened_at]
    anew = {step.kind: step for step in newer if step.kind in ("ems_called", "ems_arrived")}
    if anew:
        return Ambulance(anew.get("ems_called"), anew.get("ems_arrived"), None)
    return Ambulance(case.last("ems_called"), case.last("ems_arrived"), left)
