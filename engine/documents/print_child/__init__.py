"""The child process that prints: WeasyPrint, our fonts, and nothing of the product.

Its parent starts it as a package of its own. It has no network where the machine allows that to be
taken away, little memory, and a fetcher that knows only what came with the page.
"""
