"""Every error that reviewer raises on purpose.

    ReviewerError
    ├── InputError      a draft, a row or a file could not be read
    ├── ContextError    what is known of the interview is given in a form nobody can read
    ├── EndpointError   a model's endpoint does not do what the run cannot do without
    │   └── RefusedError  … and says that it will not
    ├── HookError       a client's configuration is in a state in which it cannot be changed
    ├── LogError        the log of applications cannot be opened, or does not have what was asked for
    ├── RubricError     a rubric names something that does not exist, or has the wrong shape
    └── SettingsError   the second reader is asked for, and what it needs is not set

Each message says where, what, and what would do. A command turns one into exit status 2.
"""


class ReviewerError(Exception):
    """The root: catching it catches every deliberate error, and no bug."""


class InputError(ReviewerError):
    """A draft, a row or a file could not be read."""


class ContextError(ReviewerError):
    """The facts of the interview are given in a form nobody can read."""


class EndpointError(ReviewerError):
    """A model's endpoint does not do what the run cannot do without: it has no such service, or is away for long."""


class RefusedError(EndpointError):
    """A model's endpoint says that it will not do it; nothing of it is done."""


class HookError(ReviewerError):
    """A client's configuration is in a state in which it cannot be changed; nothing of it was."""


class LogError(ReviewerError):
    """The log of applications cannot be opened, or does not have what was asked for."""


class RubricError(ReviewerError):
    """A rubric is wrong: names the file, the line, the key and the choices there are."""


class SettingsError(ReviewerError):
    """The second reader is asked for, and what it needs is not set, or set to something impossible."""
