"""Documents into bytes. Every format takes a `document.Document`; that takes only what `protect` let out."""
