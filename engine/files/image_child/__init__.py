"""The child process that draws uploaded pictures anew.

Its parent starts it as a package of its own, so that it loads Pillow and nothing of the product:
it starts in a tenth of a second and has little to lose.
"""
