"""Which endpoints answer with something that is no page: streams, files, and parts that pages contain."""

NO_PAGES = {
    *("static", "board.live", "board.pulse", "board.waiting", "board.places", "board.aftercare"),
    *("board.last_entries", "board.running", "board.strip", "board.sign", "responses.live"),
    *("referrals.due", "reports.file", "shifts.news", "board.warns", "services.today"),
}
