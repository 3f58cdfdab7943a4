"""Statistical disclosure control: what may be printed, and as what. The only door out is `protect.protect`."""
