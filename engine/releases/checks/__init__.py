"""The rules that hold between the files of a bundle, one module for each kind of reference."""
