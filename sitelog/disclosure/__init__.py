"""Statistical disclosure control: what may be printed, and as what. The door out is `protect.protect`."""
