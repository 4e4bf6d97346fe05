"""Every way a rendering can end without a picture: a stable code, its family and its words."""

from sources.fetching.codes import Code, CodedError

CODES: dict[str, Code] = {
    "render_no_browser": Code("permanent", "No browser is installed on the machine that renders."),
    "render_timed_out": Code("retryable", "The page was not drawn within {seconds} seconds."),
    "render_memory": Code(
        "permanent", "Drawing the page took more than {limit} megabytes of memory."
    ),
    "render_crashed": Code("retryable", "The browser ended before the page was drawn."),
    "render_too_large": Code("permanent", "The drawn page is larger than {limit} megabytes."),
    "render_refused": Code("refused", "The page was not let through to the browser: {words}"),
    "render_no_page": Code("retryable", "The browser could not load the page."),
    "render_attempts_spent": Code(
        "permanent", "Drawing the page broke off {limit} times, so it is not tried again by itself."
    ),
    "render_disk_full": Code("retryable", "There is no room left on the disk for the picture."),
}


class RenderError(CodedError):
    """A rendering that came to nothing. `code` is a key of CODES."""

    table = CODES
