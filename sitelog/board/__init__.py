"""The live desk: who is where, for how long, who is due a check, and what was entered last."""
