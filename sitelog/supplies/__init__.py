"""Supplies: what is handed out and taken back, naloxone kits, and the stock behind them."""
