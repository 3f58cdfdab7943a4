"""Reports: what each shows is data; `actions.publish` makes one, once, and keeps every figure it printed."""
